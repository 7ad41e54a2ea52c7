import {
  type Actor,
  Clock,
  Forbidden,
  IdempotencyConflict,
  type PersonActor,
  requirePerson,
  type Transaction,
  UnitOfWork,
} from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { disputeAfter, MAX_DISPUTE_ENTRIES } from '../../domain/dispute';
import { TooManyEntries } from '../../domain/dispute-errors';
import type { Deal } from '../deal';
import { partyOf, requireEitherSide } from '../deal-access';
import { DealRepository } from '../deal-repository';
import type { Dispute } from './dispute';
import { lockDispute, requireFilesOf, sideOf } from './dispute-access';
import { DisputeJournal } from './dispute-journal';
import { DisputeRepository } from './dispute-repository';

export interface WriteToDisputeCommand {
  readonly actor: Actor;
  readonly disputeId: string;
  /** The other side answers once; evidence both sides add until it is decided. */
  readonly kind: 'answer' | 'evidence';
  readonly text: string;
  /** Files of the deal's versions. */
  readonly fileIds?: readonly string[];
  /** The author's own within the deal. */
  readonly idempotencyKey: string;
}

/**
 * A side says what it has to say in a dispute, and shows files for it. The same key with the same words has one effect.
 * Throws NotFound, Forbidden, InvalidTransition, TooManyEntries, IdempotencyConflict.
 */
@Injectable()
export class WriteToDispute {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly deals: DealRepository,
    private readonly disputes: DisputeRepository,
    private readonly journal: DisputeJournal,
    private readonly clock: Clock,
  ) {}

  async execute(command: WriteToDisputeCommand): Promise<{ readonly disputeId: string }> {
    const person = requirePerson(command.actor);
    const { disputeId } = command;
    return this.uow.run(person, async (tx) => {
      const { deal, dispute } = await lockDispute(tx, this.deals, this.disputes, disputeId);
      requireEitherSide(person, deal, 'write in this dispute');
      if (await this.isKnown(tx, person, deal, command)) return { disputeId };
      await this.write(tx, person, deal, dispute, command);
      return { disputeId };
    });
  }

  private async isKnown(
    tx: Transaction,
    person: PersonActor,
    deal: Deal,
    { disputeId, kind, text, fileIds = [], idempotencyKey }: WriteToDisputeCommand,
  ): Promise<boolean> {
    const known = await this.disputes.entryByKey(tx, deal.id, person.userId, idempotencyKey);
    if (!known) return false;
    const { entry } = known;
    const before = [known.disputeId, entry.kind, entry.text, entry.fileIds];
    if (JSON.stringify(before) === JSON.stringify([disputeId, kind, text, fileIds])) return true;
    throw new IdempotencyConflict(idempotencyKey);
  }

  private async write(
    tx: Transaction,
    person: PersonActor,
    deal: Deal,
    dispute: Dispute,
    { kind, text, fileIds = [], idempotencyKey }: WriteToDisputeCommand,
  ): Promise<void> {
    const side = sideOf(person, deal);
    const state = disputeAfter(dispute.state, kind === 'answer' ? 'answer' : 'add_evidence');
    if (kind === 'answer' && side === dispute.side) throw new Forbidden('The other side answers.');
    if (dispute.entries.length >= MAX_DISPUTE_ENTRIES) throw new TooManyEntries(MAX_DISPUTE_ENTRIES);
    requireFilesOf(deal, fileIds);
    const at = this.clock.now();
    const author = { side, partyId: partyOf(person, deal), authorId: person.userId };
    const entry = { number: dispute.entries.length + 1, kind, ...author, text, fileIds, writtenAt: at };
    await this.disputes.appendEntry(tx, deal, { ...dispute, state }, entry, idempotencyKey);
    const event = kind === 'answer' ? 'dispute_answered' : 'dispute_evidence_added';
    await this.journal.record(tx, deal, dispute, { event, by: side, at });
  }
}
