import {
  agencyMembers,
  allow,
  anyOf,
  brandMembers,
  connectionFields,
  edgeFields,
  type FieldPolicy,
  type FieldRule,
  finance,
  influencers,
  operators,
  scoped,
} from '../graphql';

const staff = anyOf(finance, operators);
const payees = anyOf(influencers, agencyMembers);
const moneyReaders = anyOf(payees, staff);
const chainReaders = anyOf(moneyReaders, brandMembers);

/** A connection of money: its plumbing, and its totals for whoever reads its rows. */
function listOf(name: string, rule: FieldRule, ...more: readonly string[]): FieldPolicy {
  return {
    [`${name}Connection`]: { ...connectionFields, ...allow(rule, 'totals', ...more) },
    [`${name}Edge`]: edgeFields,
  };
}

const SHARE_FIELDS = ['id', 'partyId', 'partyName', 'role', 'share', 'amount', 'reversed', 'net', 'payout', 'postings'];
const SOURCE_FIELDS = [
  'kind',
  'sourceType',
  'sourceId',
  'orderNumber',
  'orderBase',
  'conversion',
  'brandId',
  'campaignId',
  'dealId',
  'earnedAt',
];

const queries: FieldPolicy = {
  Query: {
    ...allow(scoped('payouts:read', staff), 'payoutBatch', 'payoutBatches'),
    ...allow(scoped('payouts:read', moneyReaders), 'payoutItem', 'payoutItems'),
    ...allow(scoped('reports:read', moneyReaders), 'payoutReport', 'payoutReportShares'),
    ...allow(scoped('reports:read', chainReaders), 'earnings'),
  },
  Mutation: {
    ...allow(
      scoped('payouts:write', finance),
      'preparePayoutBatch',
      'excludePayoutItem',
      'submitPayoutBatch',
      'cancelPayoutBatch',
      'reopenPayoutBatch',
      'exportPayoutBatch',
      'markPayoutItemPaid',
      'markPayoutItemRejected',
      'markPayoutItemUnknown',
    ),
    // No scope: approving is a person's act, closed to API keys.
    ...allow(finance, 'approvePayoutBatch', 'rejectPayoutBatch'),
  },
};

const batches: FieldPolicy = {
  PayoutBatch: allow(
    staff,
    'id',
    'number',
    'state',
    'cutOff',
    'timeZone',
    'currencies',
    'minimums',
    'preparedBy',
    'preparedAt',
    'submittedAt',
    'approvedBy',
    'approvedAt',
    'approvalExpiresAt',
    'exportedAt',
    'settledAt',
    'closedBy',
    'closeReason',
    'contentHash',
    'totals',
    'items',
    'exclusions',
  ),
  PayoutBatchTotal: allow(staff, 'items', 'amount', 'paid', 'dropped'),
  PayoutBatchExport: allow(finance, 'batch', 'fileName', 'csv', 'isRepeated'),
  PayoutExclusion: allow(
    staff,
    'payeeId',
    'payeeName',
    'brandId',
    'reason',
    'rule',
    'whoMustAct',
    'amount',
    'entries',
    'expectedFrom',
    'expectedUntil',
  ),
  PayoutItem: allow(
    moneyReaders,
    'id',
    'batchId',
    'batchNumber',
    'ordinal',
    'payeeId',
    'payeeName',
    'amount',
    'endToEndId',
    'state',
    'stateReason',
    'stateSince',
    'paidAt',
    'bankReference',
    'lineCount',
    'lines',
  ),
  PayoutLine: allow(
    moneyReaders,
    'postingId',
    'earningId',
    'shareId',
    'amount',
    'brandId',
    'campaignId',
    'dealId',
    'sourceType',
    'sourceId',
    'orderNumber',
    'orderBase',
    'conversion',
    'earnedAt',
    'recordedAt',
  ),
  ...listOf('PayoutBatch', staff),
  ...listOf('PayoutExclusion', staff),
  ...listOf('PayoutItem', moneyReaders),
  ...listOf('PayoutLine', moneyReaders),
};

const reports: FieldPolicy = {
  PayoutFigures: allow(
    moneyReaders,
    'currency',
    'gross',
    'grossReversed',
    'platformCut',
    'platformCutReversed',
    'agencyCut',
    'agencyCutReversed',
    'share',
    'shareReversed',
    'net',
    'held',
    'available',
    'inPayout',
    'inTransit',
    'paid',
    'shares',
  ),
  PayoutReportParty: allow(moneyReaders, 'id', 'name'),
  PayoutReportCut: allow(moneyReaders, 'role', 'party', 'amount', 'reversed', 'net'),
  PayoutReportRow: allow(moneyReaders, 'payee', 'period', 'brand', 'campaignId', 'agencies', 'figures', 'cuts'),
  PayoutReportConnection: { ...connectionFields, ...allow(moneyReaders, 'totals', 'timeZone') },
  PayoutReportRowEdge: edgeFields,
  PayoutReportShare: allow(moneyReaders, 'earningId', 'gross', ...SHARE_FIELDS, ...SOURCE_FIELDS),
  ReportShareTotal: allow(moneyReaders, 'amount', 'net'),
  ...listOf('PayoutReportShare', moneyReaders),
  Earning: allow(
    chainReaders,
    'id',
    'brandName',
    'influencerId',
    'influencerName',
    'transactionId',
    'base',
    'baseReversed',
    'gross',
    'grossReversed',
    'fromEscrow',
    'ruleVersion',
    'recordedAt',
    'shares',
    ...SOURCE_FIELDS,
  ),
  EarningShare: allow(chainReaders, ...SHARE_FIELDS),
  EarningTotal: allow(chainReaders, 'gross', 'grossReversed'),
  // The use case leaves it null where the payee is none of the actor's, as for a brand.
  SharePayout: allow(chainReaders, 'held', 'available', 'inPayout', 'paid', 'notPaidBecause'),
  NotPaidPart: allow(chainReaders, 'reason', 'rule', 'whoMustAct', 'amount', 'expectedAt', 'batchNumber'),
  ...listOf('Earning', chainReaders),
};

/** Batches are the staff's, files finance's; payees and agencies read their own money. Which rows, the use cases decide. */
export const payoutsPolicy: FieldPolicy = { ...queries, ...batches, ...reports };
