import type { Account } from '../account';
import { compileSplitPlan } from '../split-plan';
import type { TransactionDraft } from '../transaction-draft';
import { type ReversibleEarning, earningReversed } from './earning-reversed';
import { type EarningDraft, earningSplit } from './earning-split';

const plan = compileSplitPlan('lin', [
  { partyId: 'platform', role: 'platform', of: 'gross', share: '0.10' },
  { partyId: 'agency', role: 'agency', of: 'gross', share: '0.40' },
]);
const sale: EarningDraft = {
  idempotencyKey: 'sale:1',
  kind: 'note_commission',
  source: { type: 'sale', id: 'sale' },
  dealId: 'deal',
  campaignId: 'campaign',
  influencerId: 'lin',
  currency: 'EUR',
  baseMinor: 1000n,
  poolMinor: 100n,
  plan,
  earnedAt: new Date('2026-10-01T00:00:00Z'),
  releaseAt: new Date('2026-10-15T00:00:00Z'),
  fundedFrom: 'reserve_then_receivable',
};

const nameOf = (account: Account | null): string | null =>
  account && [account.kind, account.partyId, account.purpose].filter((part) => part !== null).join(' ');
const linesOf = (draft: TransactionDraft) =>
  draft.postings.map(({ debit, overflow, credit, amountMinor }) => [
    nameOf(debit),
    nameOf(overflow),
    nameOf(credit),
    amountMinor,
  ]);

describe('earningSplit', () => {
  it('takes a sale from the reserve, then from the brand, into pending accounts', () => {
    const from = ['deal_escrow commission_reserve', 'brand_receivable'];
    expect(linesOf(earningSplit(sale).draft)).toEqual([
      [...from, 'platform_fee_pending', 10n],
      [...from, 'payee_pending agency', 40n],
      [...from, 'payee_pending lin', 50n],
    ]);
  });

  it('takes a milestone from the cash escrow alone; the fee on it needs no release', () => {
    const milestone = {
      ...sale,
      kind: 'cash',
      source: { type: 'deliverable', id: 'd' },
      fundedFrom: 'escrow_cash',
    } as const;
    const { draft } = earningSplit(milestone);
    expect(linesOf(draft)).toEqual([
      ['deal_escrow cash', null, 'platform_fee', 10n],
      ['deal_escrow cash', null, 'payee_pending agency', 40n],
      ['deal_escrow cash', null, 'payee_pending lin', 50n],
    ]);
    expect(draft.earning?.shares.map(({ releaseAt }) => releaseAt)).toEqual([null, sale.releaseAt, sale.releaseAt]);
  });

  it('records zero shares without a posting', () => {
    const { draft } = earningSplit({ ...sale, poolMinor: 1n });
    expect(draft.postings).toHaveLength(1);
    expect(draft.earning?.shares.map(({ amountMinor }) => amountMinor)).toEqual([0n, 0n, 1n]);
  });
});

describe('earningReversed', () => {
  const recorded: ReversibleEarning = {
    earningId: 7n,
    kind: 'note_commission',
    sourceId: 'sale',
    dealId: 'deal',
    currency: 'EUR',
    baseMinor: 1000n,
    baseReversedMinor: 0n,
    grossMinor: 100n,
    grossReversedMinor: 0n,
    fromEscrowMinor: 70n,
    parts: [
      { shareId: 1n, partyId: 'platform', role: 'platform', amountMinor: 10n, reversedMinor: 0n, isHeld: false },
      { shareId: 2n, partyId: 'agency', role: 'agency', amountMinor: 40n, reversedMinor: 0n, isHeld: false },
      { shareId: 3n, partyId: 'lin', role: 'influencer', amountMinor: 50n, reversedMinor: 0n, isHeld: true },
    ],
  };
  const refund = (refundedBaseMinor: bigint) => ({
    idempotencyKey: 'refund',
    source: sale.source,
    refundId: 'refund',
    refundedBaseMinor,
    occurredAt: new Date('2026-10-02T00:00:00Z'),
  });

  it('takes each share from where it is; what the brand owes shrinks before its reserve fills', () => {
    expect(linesOf(earningReversed(recorded, refund(1000n)).draft)).toEqual([
      ['platform_fee', null, 'brand_receivable', 10n],
      ['payee_available agency', null, 'brand_receivable', 20n],
      ['payee_available agency', null, 'deal_escrow commission_reserve', 20n],
      ['payee_pending lin', null, 'deal_escrow commission_reserve', 50n],
    ]);
  });

  it('goes on from what earlier refunds of the same call have left', () => {
    const { earning } = earningReversed(recorded, refund(500n));
    expect(linesOf(earningReversed(earning, refund(500n)).draft).map(([, , to]) => to)).toEqual(
      expect.arrayContaining(['deal_escrow commission_reserve']),
    );
    expect(linesOf(earningReversed(earning, refund(500n)).draft).map(([, , to]) => to)).not.toContain(
      'brand_receivable',
    );
  });
});
