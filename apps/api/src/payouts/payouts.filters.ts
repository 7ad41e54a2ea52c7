import { InvalidInput } from '@evenhand/kernel';
import type { EarningsFilter, ReportFilter } from '@evenhand/payouts';
import { fromGlobalId, fromLedgerId, type IdPrefix } from '../graphql';
import type { EarnedFilterInput, EarningsFilterInput, PayoutReportFilterInput } from './payouts.inputs';

/** Throws `NotFound` for ids of another kind, `InvalidInput` where a sale and a deliverable are both named. */
export function toEarningsFilter(input: EarningsFilterInput): EarningsFilter {
  const transaction = input.transactionId ? fromLedgerId('txn', input.transactionId) : null;
  return { ...toEarnedFilter(input), source: sourceOf(input), transaction };
}

/** Throws `NotFound` for ids of another kind. */
export function toReportFilter(input: PayoutReportFilterInput): ReportFilter {
  return {
    ...toEarnedFilter(input),
    payeeId: uuidOf('party', input.payeeId),
    agencyId: uuidOf('party', input.agencyId),
    roles: input.roles ?? null,
  };
}

function toEarnedFilter(input: EarnedFilterInput) {
  return {
    timeZone: input.timeZone,
    from: input.from ?? null,
    to: input.to ?? null,
    currency: input.currency ?? null,
    influencerId: uuidOf('party', input.influencerId),
    brandId: uuidOf('party', input.brandId),
    campaignId: uuidOf('campaign', input.campaignId),
    dealId: uuidOf('deal', input.dealId),
    kind: input.kind ?? null,
  };
}

function sourceOf({ saleId, deliverableId }: EarningsFilterInput): EarningsFilter['source'] {
  if (saleId && deliverableId) throw new InvalidInput('filter', 'Name a sale or a deliverable, not both.');
  if (saleId) return { type: 'sale', id: fromGlobalId('sale', saleId) };
  if (deliverableId) return { type: 'deliverable', id: fromGlobalId('deliverable', deliverableId) };
  return null;
}

function uuidOf(prefix: IdPrefix, id: string | null | undefined): string | null {
  return id ? fromGlobalId(prefix, id) : null;
}
