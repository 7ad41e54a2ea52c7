import { Command, CommandRunner, SubCommand } from 'nest-commander';
import { say } from '../output';
import { DemoWorld } from './demo-world';

@SubCommand({ name: 'load', description: 'Load the demo world into a database that has no people yet.' })
export class LoadDemoCommand extends CommandRunner {
  constructor(private readonly world: DemoWorld) {
    super();
  }

  override async run(): Promise<void> {
    const loaded = await this.world.loadOnce(() => say('Loading the demo world …'));
    say(
      loaded ? 'The demo world is loaded.' : 'There are people in this database; the demo world was not loaded again.',
    );
  }
}

@Command({ name: 'demo', description: 'The demo world.', subCommands: [LoadDemoCommand] })
export class DemoCommand extends CommandRunner {
  override async run(): Promise<void> {
    this.command.help({ error: true });
  }
}
