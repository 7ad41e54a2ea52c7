import { AddStaff, SecretTokens } from '@evenhand/identity';
import { type StaffRole, systemActor } from '@evenhand/kernel';
import { Command, CommandRunner, Option, SubCommand } from 'nest-commander';
import { say } from '../output';
import { Product } from '../product';

interface AddStaffOptions {
  readonly name: string;
  readonly role: StaffRole;
}

/** `staff add EMAIL --name NAME --role ROLE`: somebody who works for the platform; the password is shown once. */
@SubCommand({
  name: 'add',
  arguments: '<email>',
  description: 'Add somebody who works for the platform; prints the password, once.',
})
export class AddStaffCommand extends CommandRunner {
  constructor(private readonly product: Product) {
    super();
  }

  override async run([email = '']: string[], { name, role }: AddStaffOptions): Promise<void> {
    await this.product.withUseCases(async (app) => {
      const password = app.get(SecretTokens, { strict: false }).next();
      const registration = { email, password, displayName: name, locale: 'en' };
      const actor = systemActor('command line');
      await app.get(AddStaff, { strict: false }).execute({ actor, role, ...registration });
      say(`${email} is ${role} and signs in with the password ${password}`);
    });
  }

  @Option({ flags: '--name <name>', description: 'What they are called.', required: true })
  parseName(value: string): string {
    return value;
  }

  @Option({
    flags: '--role <role>',
    description: 'What they may do.',
    required: true,
    choices: ['finance_preparer', 'finance_approver', 'operator'] satisfies StaffRole[],
  })
  parseRole(value: StaffRole): StaffRole {
    return value;
  }
}

@Command({ name: 'staff', description: 'Who works for the platform.', subCommands: [AddStaffCommand] })
export class StaffCommand extends CommandRunner {
  override async run(): Promise<void> {
    this.command.help();
  }
}
