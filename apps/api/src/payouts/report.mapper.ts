import type {
  ChainShare,
  ReportedEarning,
  ReportMeasures,
  ReportRow,
  ReportShare,
  SharePayout,
} from '@evenhand/payouts';
import { toGlobalId, toLedgerId, toMoney } from '../graphql';
import { type Orders, toOrderBehind } from './orders-behind';
import type {
  EarningShareType,
  EarningType,
  PayoutFiguresType,
  PayoutReportPartyType,
  PayoutReportRowType,
  PayoutReportShareType,
  SharePayoutType,
} from './report.types';

export function toFigures(measures: ReportMeasures): PayoutFiguresType {
  const { currency } = measures;
  const money = (amountMinor: bigint) => toMoney(amountMinor, currency);
  return {
    currency,
    gross: money(measures.grossMinor),
    grossReversed: money(measures.grossReversedMinor),
    platformCut: money(measures.platformCutMinor),
    platformCutReversed: money(measures.platformCutReversedMinor),
    agencyCut: money(measures.agencyCutMinor),
    agencyCutReversed: money(measures.agencyCutReversedMinor),
    share: money(measures.shareMinor),
    shareReversed: money(measures.shareReversedMinor),
    net: money(measures.netMinor),
    held: money(measures.heldMinor),
    available: money(measures.availableMinor),
    inPayout: money(measures.inPayoutMinor),
    inTransit: money(measures.inTransitMinor),
    paid: money(measures.paidMinor),
    shares: measures.shares,
  };
}

function toParty(id: string | null, name: string | null): PayoutReportPartyType | null {
  return id === null ? null : { id: toGlobalId('party', id), name: name ?? '' };
}

export function toReportRow(row: ReportRow): PayoutReportRowType {
  return {
    payee: toParty(row.payeeId, row.payeeName),
    period: row.period,
    brand: toParty(row.brandId, row.brandName),
    campaignId: row.campaignId === null ? null : toGlobalId('campaign', row.campaignId),
    agencies: row.agencies?.map(({ partyId, name }) => ({ id: toGlobalId('party', partyId), name })) ?? null,
    figures: toFigures(row),
    cuts: row.cuts.map(({ role, partyId, partyName, amountMinor, reversedMinor }) => ({
      role,
      party: { id: toGlobalId('party', partyId), name: partyName },
      amount: toMoney(amountMinor, row.currency),
      reversed: toMoney(reversedMinor, row.currency),
      net: toMoney(amountMinor - reversedMinor, row.currency),
    })),
  };
}

function toPayout(payout: SharePayout | null, currency: string): SharePayoutType | null {
  if (payout === null) return null;
  return {
    held: toMoney(payout.heldMinor, currency),
    available: toMoney(payout.availableMinor, currency),
    inPayout: toMoney(payout.inPayoutMinor, currency),
    paid: toMoney(payout.paidMinor, currency),
    notPaidBecause: payout.notPaidBecause.map(({ amountMinor, batchNumber, ...part }) => ({
      reason: part.reason,
      rule: part.rule,
      whoMustAct: part.whoMustAct,
      expectedAt: part.expectedAt,
      amount: toMoney(amountMinor, currency),
      batchNumber: batchNumber === null ? null : Number(batchNumber),
    })),
  };
}

function toShare(share: ChainShare | ReportShare): EarningShareType {
  const { bookId, shareId, amountMinor, reversedMinor, currency } = share;
  return {
    id: toLedgerId('share', { bookId, id: shareId }),
    partyId: toGlobalId('party', share.partyId),
    partyName: share.partyName,
    role: share.role,
    share: share.share,
    amount: toMoney(amountMinor, currency),
    reversed: toMoney(reversedMinor, currency),
    net: toMoney(amountMinor - reversedMinor, currency),
    payout: toPayout(share.payout, currency),
  };
}

export function toEarning(earning: ReportedEarning, orders: Orders): EarningType {
  const { bookId, currency } = earning;
  return {
    id: toLedgerId('earning', { bookId, id: earning.earningId }),
    kind: earning.kind,
    sourceType: earning.sourceType,
    sourceId: toGlobalId(earning.sourceType, earning.sourceId),
    ...toOrderBehind(orders.get(earning.sourceId)),
    transactionId: toLedgerId('txn', { bookId, id: earning.transactionId }),
    brandId: toGlobalId('party', earning.brandId),
    brandName: earning.brandName,
    influencerId: toGlobalId('party', earning.influencerId),
    influencerName: earning.influencerName,
    campaignId: toGlobalId('campaign', earning.campaignId),
    dealId: toGlobalId('deal', earning.dealId),
    base: toMoney(earning.baseMinor, currency),
    baseReversed: toMoney(earning.baseReversedMinor, currency),
    gross: toMoney(earning.grossMinor, currency),
    grossReversed: toMoney(earning.grossReversedMinor, currency),
    fromEscrow: toMoney(earning.fromEscrowMinor, currency),
    ruleVersion: earning.ruleVersion,
    earnedAt: earning.earnedAt,
    recordedAt: earning.recordedAt,
    shares: earning.shares.map(toShare),
  };
}

export function toReportShare(share: ReportShare, orders: Orders): PayoutReportShareType {
  return {
    ...toShare(share),
    earningId: toLedgerId('earning', { bookId: share.bookId, id: share.earningId }),
    kind: share.kind,
    sourceType: share.sourceType,
    sourceId: toGlobalId(share.sourceType, share.sourceId),
    ...toOrderBehind(orders.get(share.sourceId)),
    brandId: toGlobalId('party', share.brandId),
    campaignId: toGlobalId('campaign', share.campaignId),
    dealId: toGlobalId('deal', share.dealId),
    gross: toMoney(share.grossMinor, share.currency),
    earnedAt: share.earnedAt,
  };
}
