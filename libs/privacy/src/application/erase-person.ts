import { OwnAccount, requireSession } from '@evenhand/identity';
import { type Actor, authorize, hasStaffRole, InvalidInput, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import type { Erasure } from '../domain/erasure';
import { BeginErasure } from './begin-erasure';

const MAX_REASON = 1_000;

export interface ErasePersonCommand {
  readonly actor: Actor;
  readonly userId: string;
  /** How the person asked, for whoever has to prove it later; 1–1000 characters. */
  readonly reason: string;
}

/** An operator carries out what a person asked for by other means. Throws `OwnAccount` and what `BeginErasure` throws. */
@Injectable()
export class ErasePerson {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly begin: BeginErasure,
  ) {}

  async execute({ actor: someone, userId, reason: text }: ErasePersonCommand): Promise<Erasure> {
    const actor = requireSession(someone);
    authorize(hasStaffRole(actor, 'operator'), false, 'User', 'erase people');
    if (actor.userId === userId) throw new OwnAccount();
    const reason = text.trim();
    if (reason.length < 1 || reason.length > MAX_REASON) {
      throw new InvalidInput('reason', `A reason has 1 to ${MAX_REASON} characters.`);
    }
    return this.uow.run(actor, (tx) => this.begin.inTransaction(tx, { userId, requestedBy: actor.userId, reason }));
  }
}
