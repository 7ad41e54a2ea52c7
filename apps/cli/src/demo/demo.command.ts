import { Command, CommandRunner, SubCommand } from 'nest-commander';
import { Client } from 'pg';
import { say } from '../output';
import { Product } from '../product';
import { DemoWorld } from './demo-world';

@SubCommand({ name: 'load', description: 'Load the demo world into a database that has no people yet.' })
export class LoadDemoCommand extends CommandRunner {
  constructor(
    private readonly world: DemoWorld,
    private readonly product: Product,
  ) {
    super();
  }

  override async run(): Promise<void> {
    const loaded = await this.world.loadOnce(() => say('Loading the demo world …'));
    if (loaded) await this.product.withDatabase(analyze);
    say(
      loaded ? 'The demo world is loaded.' : 'There are people in this database; the demo world was not loaded again.',
    );
  }
}

/** So that the planner knows at once what came at once, and not a minute later. */
async function analyze(connectionString: string): Promise<void> {
  const owner = new Client({ connectionString });
  await owner.connect();
  await owner.query('analyze');
  await owner.end();
}

@Command({ name: 'demo', description: 'The demo world.', subCommands: [LoadDemoCommand] })
export class DemoCommand extends CommandRunner {
  override async run(): Promise<void> {
    this.command.help({ error: true });
  }
}
