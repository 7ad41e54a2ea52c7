import {
  type Actor,
  Clock,
  IdempotencyConflict,
  IdGenerator,
  InvalidInput,
  NotFound,
  type PersonActor,
  requirePerson,
  type Transaction,
  UnitOfWork,
} from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { dealAfter } from '../../domain/deal';
import { answerDueAt, type DisputeReason } from '../../domain/dispute';
import { AlreadyDecided, DeliverableDisputed, NothingInQuestion } from '../../domain/dispute-errors';
import { DealNotActive } from '../../domain/errors';
import type { Deal, Deliverable } from '../deal';
import { lockDeal, partyOf, requireEitherSide } from '../deal-access';
import { DealJournal } from '../deal-journal';
import { DealMoney } from '../deal-money';
import { DealRepository } from '../deal-repository';
import type { Dispute, DisputeItem } from './dispute';
import { requireFilesOf, sideOf } from './dispute-access';
import { DisputeJournal } from './dispute-journal';
import { DisputeMoney } from './dispute-money';
import { DisputeRepository } from './dispute-repository';

export interface OpenDisputeCommand {
  readonly actor: Actor;
  readonly dealId: string;
  /** Those whose cash is in question; null for all of the deal. */
  readonly deliverableIds: readonly string[] | null;
  readonly reason: DisputeReason;
  readonly text: string;
  /** Files of the deal's versions. */
  readonly fileIds?: readonly string[];
  /** The author's own within the deal. */
  readonly idempotencyKey: string;
}

/**
 * Either side puts money in question: exactly that is neither released nor paid out until an operator has decided or the
 * side takes it back; a dispute never ends by itself. About deliverables, only they rest, and the rest of the deal goes on;
 * about the deal, all of its work rests. The same key with the same request has the dispute that was opened first.
 * Throws NotFound, Forbidden, InvalidInput, InvalidTransition, DealNotActive, DeliverableDisputed, AlreadyDecided,
 * NothingInQuestion, IdempotencyConflict.
 */
@Injectable()
export class OpenDispute {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly deals: DealRepository,
    private readonly disputes: DisputeRepository,
    private readonly money: DisputeMoney,
    private readonly dealMoney: DealMoney,
    private readonly dealJournal: DealJournal,
    private readonly journal: DisputeJournal,
    private readonly ids: IdGenerator,
    private readonly clock: Clock,
  ) {}

  async execute(command: OpenDisputeCommand): Promise<{ readonly disputeId: string }> {
    const person = requirePerson(command.actor);
    return this.uow.run(person, async (tx) => {
      const deal = await lockDeal(tx, this.deals, command.dealId);
      requireEitherSide(person, deal, 'open a dispute');
      const known = await this.knownBy(tx, person, command);
      if (known) return { disputeId: known };
      requireFilesOf(deal, command.fileIds ?? []);
      const dispute = await this.drafted(tx, person, deal, command);
      if (dispute.scope === 'deal') await this.stopDeal(tx, deal, command.text, dispute.openedAt);
      await this.disputes.insert(tx, deal, dispute, command.idempotencyKey);
      await this.money.freeze(tx, deal, dispute.items);
      await this.journal.record(tx, deal, dispute, { event: 'dispute_opened', by: dispute.side, at: dispute.openedAt });
      return { disputeId: dispute.id };
    });
  }

  private async knownBy(tx: Transaction, person: PersonActor, command: OpenDisputeCommand): Promise<string | null> {
    const { dealId, idempotencyKey } = command;
    const known = await this.disputes.entryByKey(tx, dealId, person.userId, idempotencyKey);
    if (!known) return null;
    const dispute = await this.disputes.find(tx, known.disputeId);
    const { kind, text, fileIds } = known.entry;
    const wanted = command.deliverableIds;
    const isSame =
      kind === 'claim' &&
      dispute?.reason === command.reason &&
      text === command.text &&
      JSON.stringify(fileIds) === JSON.stringify(command.fileIds ?? []) &&
      (wanted === null
        ? dispute.scope === 'deal'
        : dispute.scope === 'deliverables' &&
          wanted.length === dispute.items.length &&
          dispute.items.every(({ deliverableId }) => wanted.includes(deliverableId)));
    if (!isSame) throw new IdempotencyConflict(idempotencyKey);
    return known.disputeId;
  }

  private async drafted(
    tx: Transaction,
    person: PersonActor,
    deal: Deal,
    { deliverableIds, reason, text, fileIds = [] }: OpenDisputeCommand,
  ): Promise<Dispute> {
    const openedAt = this.clock.now();
    const side = sideOf(person, deal);
    const claim = { number: 1, kind: 'claim', side, text, fileIds, writtenAt: openedAt } as const;
    return {
      id: this.ids.next(),
      dealId: deal.id,
      scope: deliverableIds === null ? 'deal' : 'deliverables',
      reason,
      side,
      state: 'open',
      openedAt,
      answerDueAt: answerDueAt(openedAt),
      currency: deal.need.cash?.currency ?? null,
      items: deliverableIds === null ? await this.allOf(tx, deal) : await this.chosenOf(tx, deal, deliverableIds),
      entries: [{ ...claim, partyId: partyOf(person, deal), authorId: person.userId }],
      decision: null,
      withdrawnAt: null,
    };
  }

  /** What nobody disputes yet and nobody has decided about. */
  private async allOf(tx: Transaction, deal: Deal): Promise<readonly DisputeItem[]> {
    const decided = await this.decidedOf(tx, deal);
    const items: DisputeItem[] = [];
    for (const deliverable of deal.deliverables) {
      if (deliverable.disputeId !== null || decided.has(deliverable.id)) continue;
      const item = await this.money.inQuestion(tx, deal, deliverable);
      if (item) items.push(item);
    }
    return items;
  }

  private async chosenOf(tx: Transaction, deal: Deal, ids: readonly string[]): Promise<readonly DisputeItem[]> {
    if (deal.state === 'awaiting_funding' || deal.state === 'disputed') throw new DealNotActive(deal.state);
    if (ids.length === 0 || new Set(ids).size < ids.length) {
      throw new InvalidInput('deliverableIds', 'Name at least one deliverable, each once.');
    }
    const decided = await this.decidedOf(tx, deal);
    const items: DisputeItem[] = [];
    for (const id of ids) {
      const deliverable = deal.deliverables.find((one) => one.id === id);
      if (!deliverable) throw new NotFound('Deliverable');
      if (deliverable.disputeId !== null) throw new DeliverableDisputed();
      if (decided.has(id)) throw new AlreadyDecided();
      items.push(await this.itemOf(tx, deal, deliverable));
    }
    return items;
  }

  private async itemOf(tx: Transaction, deal: Deal, deliverable: Deliverable): Promise<DisputeItem> {
    const item = await this.money.inQuestion(tx, deal, deliverable);
    if (!item) throw new NothingInQuestion(deliverable.id);
    return item;
  }

  private async decidedOf(tx: Transaction, deal: Deal): Promise<ReadonlySet<string>> {
    const disputes = await this.disputes.ofDeals(tx, [deal.id]);
    const items = disputes.flatMap((dispute) => dispute.items).filter(({ decided }) => decided !== null);
    return new Set(items.map(({ deliverableId }) => deliverableId));
  }

  private async stopDeal(tx: Transaction, deal: Deal, reason: string, now: Date): Promise<void> {
    const state = dealAfter(deal.state, 'dispute');
    await this.dealMoney.freeze(tx, deal);
    await this.deals.saveDeal(tx, deal.id, { state });
    const change = { subjectId: deal.id, from: deal.state, to: state, note: reason };
    await this.dealJournal.record(tx, deal, [{ event: 'deal_disputed', ...change }], now);
  }
}
