import { bytesArray, nullableArray, Numbering, plainArray } from '@evenhand/platform';
import type { SplitRule } from '../domain/split-rule';
import type { EarningRecord, ShareRecord, TransactionDraft } from '../domain/transaction-draft';
import { ruleHash } from './request-hash';
import type { Parameter } from './sql-columns';

/** What many earnings have in common. */
interface Terms {
  readonly earning: EarningRecord;
  readonly rule: number;
}

/** The columns of rules, terms, earnings, seats and shares that `ledger.post_batch` takes. */
export function earningColumns(drafts: readonly TransactionDraft[]): readonly Parameter[] {
  const rules = new Numbering<SplitRule>();
  const terms = new Numbering<Terms>();
  const seats = new Numbering<ShareRecord>();
  const earnings: { readonly item: number; readonly terms: number; readonly earning: EarningRecord }[] = [];
  const shares: { readonly earning: number; readonly no: number; readonly seat: number; readonly amount: bigint }[] =
    [];
  drafts.forEach(({ earning }, index) => {
    if (!earning) return;
    const place = earnings.push({ item: index + 1, terms: termsOf(earning, terms, rules), earning });
    earning.shares.forEach((share, at) =>
      shares.push({
        earning: place,
        no: at + 1,
        seat: seats.numberOf(share.partyId, share, haveSameSeat),
        amount: share.amountMinor,
      }),
    );
  });
  return [
    plainArray(rules.values.map((rule) => rule.version)),
    rules.values.map((rule) => JSON.stringify(rule)),
    bytesArray(rules.values.map(ruleHash)),
    ...termsColumns(terms.values),
    plainArray(earnings.map(({ item }) => item)),
    plainArray(earnings.map((row) => row.terms)),
    plainArray(earnings.map(({ earning }) => earning.sourceId)),
    plainArray(earnings.map(({ earning }) => earning.baseMinor)),
    nullableArray(earnings.map(({ earning }) => earning.netSalesBeforeMinor)),
    nullableArray(earnings.map(({ earning }) => earning.capLeftMinor)),
    plainArray(earnings.map(({ earning }) => earning.grossMinor)),
    plainArray(earnings.map(({ earning }) => earning.releaseAt.toISOString())),
    plainArray(seats.values.map(({ partyId }) => partyId)),
    plainArray(seats.values.map(({ role }) => role)),
    plainArray(seats.values.map(({ share }) => share)),
    plainArray(seats.values.map(({ isHeld }) => isHeld)),
    plainArray(shares.map(({ earning }) => earning)),
    plainArray(shares.map(({ no }) => no)),
    plainArray(shares.map(({ seat }) => seat)),
    plainArray(shares.map(({ amount }) => amount)),
  ];
}

function termsColumns(terms: readonly Terms[]): readonly Parameter[] {
  return [
    plainArray(terms.map(({ earning }) => earning.kind)),
    plainArray(terms.map(({ earning }) => earning.sourceType)),
    plainArray(terms.map(({ earning }) => earning.dealId)),
    plainArray(terms.map(({ earning }) => earning.campaignId)),
    plainArray(terms.map(({ earning }) => earning.influencerId)),
    plainArray(terms.map(({ earning }) => earning.currency)),
    plainArray(terms.map(({ rule }) => rule)),
  ];
}

function termsOf(earning: EarningRecord, terms: Numbering<Terms>, rules: Numbering<SplitRule>): number {
  const rule = rules.numberOf(ruleHash(earning.rule), earning.rule, () => true);
  return terms.numberOf(earning.dealId, { earning, rule }, haveSameTerms);
}

function haveSameTerms(one: Terms, other: Terms): boolean {
  const [a, b] = [one.earning, other.earning];
  return (
    one.rule === other.rule &&
    a.kind === b.kind &&
    a.sourceType === b.sourceType &&
    a.dealId === b.dealId &&
    a.campaignId === b.campaignId &&
    a.influencerId === b.influencerId &&
    a.currency === b.currency
  );
}

function haveSameSeat(one: ShareRecord, other: ShareRecord): boolean {
  return (
    one.partyId === other.partyId && one.role === other.role && one.share === other.share && one.isHeld === other.isHeld
  );
}
