import { ConfirmPassword, requireSession } from '@evenhand/identity';
import { type Actor, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import type { Erasure } from '../domain/erasure';
import { BeginErasure } from './begin-erasure';

/**
 * A person asks to be forgotten, in a session and with her password: it cannot be undone. Throws `InvalidCredentials`,
 * `TooManyAttempts`, and what `BeginErasure` throws.
 */
@Injectable()
export class EraseMyAccount {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly confirm: ConfirmPassword,
    private readonly begin: BeginErasure,
  ) {}

  async execute(command: { readonly actor: Actor; readonly password: string }): Promise<Erasure> {
    const actor = requireSession(command.actor);
    await this.confirm.execute(actor, command.password);
    const { userId } = actor;
    return this.uow.run(actor, (tx) => this.begin.inTransaction(tx, { userId, requestedBy: userId, reason: null }));
  }
}
