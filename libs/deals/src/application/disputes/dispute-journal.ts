import { Outbox, type Transaction } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import type { DisputeOutcome, DisputeSide } from '../../domain/dispute';
import type { Deal } from '../deal';
import type { Dispute } from './dispute';

export type DisputeEvent =
  'dispute_opened' | 'dispute_answered' | 'dispute_evidence_added' | 'dispute_withdrawn' | 'dispute_decided';

/** Tells other contexts what happened to a dispute, without a word of what was said. */
@Injectable()
export class DisputeJournal {
  constructor(private readonly outbox: Outbox) {}

  /** `by` is the side that did it, or null for the operator, who has come to the outcome. */
  record(
    tx: Transaction,
    deal: Deal,
    dispute: Dispute,
    told: {
      readonly event: DisputeEvent;
      readonly by: DisputeSide | null;
      readonly outcome?: DisputeOutcome;
      readonly at: Date;
    },
  ): Promise<void> {
    const { id: dealId, campaignId, brandId, influencerId, agencyId } = deal;
    const { id: disputeId, scope, reason, answerDueAt } = dispute;
    const payload = {
      disputeId,
      dealId,
      campaignId,
      brandId,
      influencerId,
      agencyId,
      scope,
      reason,
      deliverableIds: dispute.items.map(({ deliverableId }) => deliverableId),
      answerDueAt: answerDueAt.toISOString(),
      by: told.by,
      outcome: told.outcome ?? null,
      occurredAt: told.at.toISOString(),
    };
    return this.outbox.append(tx, [{ type: `deals.${told.event}`, subjectId: dealId, payload }]);
  }
}
