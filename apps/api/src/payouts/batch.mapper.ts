import type { BatchDetail, BatchView, CurrencyAmount, ExclusionView, ItemView, LineView } from '@evenhand/payouts';
import { type MoneyType, toGlobalId, toLedgerId, toMoney } from '../graphql';
import { type Orders, toOrderBehind } from './orders-behind';
import type { PayoutBatchType, PayoutExclusionType, PayoutItemType, PayoutLineType } from './batch.types';

const userId = (id: string | null): string | null => (id === null ? null : toGlobalId('user', id));

export function toMoneys(amounts: readonly CurrencyAmount[]): MoneyType[] {
  return amounts.map(({ amountMinor, currency }) => toMoney(amountMinor, currency));
}

export function toBatch(batch: BatchView | BatchDetail): PayoutBatchType {
  return {
    id: toGlobalId('batch', batch.batchId),
    number: Number(batch.number),
    state: batch.state,
    cutOff: batch.cutOff,
    timeZone: batch.timeZone,
    currencies: batch.currencies === null ? null : [...batch.currencies],
    minimums: toMoneys(batch.minimums),
    preparedBy: userId(batch.preparedBy),
    preparedAt: batch.preparedAt,
    submittedAt: batch.submittedAt,
    approvedBy: userId(batch.approvedBy),
    approvedAt: batch.approvedAt,
    approvalExpiresAt: batch.approvalExpiresAt,
    exportedAt: batch.exportedAt,
    settledAt: batch.settledAt,
    closedBy: userId(batch.closedBy),
    closeReason: batch.closeReason,
    contentHash: 'contentHash' in batch ? batch.contentHash : null,
    totals: batch.totals.map(({ currency, items, amountMinor, paidMinor, droppedMinor }) => ({
      items,
      amount: toMoney(amountMinor, currency),
      paid: toMoney(paidMinor, currency),
      dropped: toMoney(droppedMinor, currency),
    })),
  };
}

export function toItem(item: ItemView): PayoutItemType {
  return {
    id: toGlobalId('payout', item.itemId),
    batchId: toGlobalId('batch', item.batchId),
    batchNumber: item.batchNumber === null ? null : Number(item.batchNumber),
    ordinal: item.ordinal,
    payeeId: toGlobalId('party', item.partyId),
    payeeName: item.partyName,
    amount: toMoney(item.amountMinor, item.currency),
    endToEndId: item.endToEndId,
    state: item.state,
    stateReason: item.stateReason,
    stateSince: item.stateSince,
    paidAt: item.paidAt,
    bankReference: item.bankReference,
    lineCount: item.lines,
  };
}

export function toLine(line: LineView, orders: Orders): PayoutLineType {
  const { bookId, postingId, earningId, shareId, amountMinor, currency } = line;
  return {
    postingId: toLedgerId('posting', { bookId, id: postingId }),
    earningId: toLedgerId('earning', { bookId, id: earningId }),
    shareId: toLedgerId('share', { bookId, id: shareId }),
    amount: toMoney(amountMinor, currency),
    brandId: toGlobalId('party', line.brandId),
    campaignId: toGlobalId('campaign', line.campaignId),
    dealId: toGlobalId('deal', line.dealId),
    sourceType: line.sourceType,
    sourceId: toGlobalId(line.sourceType, line.sourceId),
    ...toOrderBehind(orders.get(line.sourceId)),
    earnedAt: line.earnedAt,
    recordedAt: line.recordedAt,
  };
}

export function toExclusion(exclusion: ExclusionView): PayoutExclusionType {
  return {
    payeeId: toGlobalId('party', exclusion.partyId),
    payeeName: exclusion.partyName,
    brandId: exclusion.brandId === null ? null : toGlobalId('party', exclusion.brandId),
    reason: exclusion.reason,
    rule: exclusion.rule,
    whoMustAct: exclusion.whoMustAct,
    amount: toMoney(exclusion.amountMinor, exclusion.currency),
    entries: exclusion.entries,
    expectedFrom: exclusion.expectedFrom,
    expectedUntil: exclusion.expectedUntil,
  };
}
