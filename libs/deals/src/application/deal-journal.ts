import { type Actor, Outbox, type Transaction } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import type { Deal, StateChange } from './deal';
import { DealRepository } from './deal-repository';

/** Every change of state goes into the deal's history and, as a fact for other contexts, into the outbox. */
@Injectable()
export class DealJournal {
  constructor(
    private readonly deals: DealRepository,
    private readonly outbox: Outbox,
  ) {}

  async record(tx: Transaction, deal: Deal, changes: readonly StateChange[], now: Date): Promise<void> {
    await this.deals.recordChanges(tx, deal, changes, now);
    await this.outbox.append(
      tx,
      changes.map(({ event, subjectId, from, to, facts }) => ({
        type: `deals.${event}`,
        subjectId: deal.id,
        payload: {
          ...facts,
          dealId: deal.id,
          bidId: deal.bidId,
          campaignId: deal.campaignId,
          brandId: deal.brandId,
          influencerId: deal.influencerId,
          agencyId: deal.agencyId,
          cash: moneyOf(deal.need.cash),
          commissionReserve: moneyOf(deal.need.commissionReserve),
          subjectId,
          from,
          to,
          by: doerOf(tx.actor),
          occurredAt: now.toISOString(),
        },
      })),
    );
  }
}

/** As events name who did it: the user, or that it was the system. */
export function doerOf(actor: Actor): string {
  return actor.kind === 'person' ? actor.userId : 'system';
}

function moneyOf(amount: Deal['need']['cash']) {
  return amount && { amountMinor: amount.amountMinor.toString(), currency: amount.currency };
}
