import { type Actor, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { requireSession } from '../domain/require-session';
import { parseLocale } from '../domain/user';
import { UserRepository } from './user-repository';

/** The language in which somebody reads and is written to. Throws `InvalidInput` for what is no language tag. */
@Injectable()
export class ChangeLocale {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly users: UserRepository,
  ) {}

  async execute(command: { readonly actor: Actor; readonly locale: string }): Promise<void> {
    const actor = requireSession(command.actor);
    const locale = parseLocale(command.locale);
    await this.uow.run(actor, (tx) => this.uow.asSystem(tx, () => this.users.setLocale(tx, actor.userId, locale)));
  }
}
