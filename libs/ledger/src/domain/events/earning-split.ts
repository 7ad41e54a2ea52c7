import type { EarningKind } from '@evenhand/kernel';
import { assertSameCurrency, moneyOf } from '@evenhand/money';
import {
  type Account,
  brandReceivable,
  dealEscrow,
  payeeAvailable,
  payeePending,
  platformFee,
  platformFeePending,
} from '../account';
import type { CommissionTerms } from '../commission-pool';
import type { ShareRole, SplitPlan } from '../split-plan';
import { type SharedAmount, splitPool } from '../split-pool';
import { splitRuleOf } from '../split-rule';
import {
  posting,
  type ShareRecord,
  type SourceType,
  transactionDraft,
  type TransactionDraft,
  type TransactionKind,
} from '../transaction-draft';

/** A milestone approved, a sale attributed or a bonus earned: a pool to be split by its deal's plan. */
export interface EarningDraft {
  readonly idempotencyKey: string;
  readonly kind: EarningKind;
  readonly source: { readonly type: SourceType; readonly id: string };
  readonly dealId: string;
  readonly campaignId: string;
  readonly influencerId: string;
  readonly currency: string;
  /** What the pool was computed from: net sales of the order line; for a milestone or a bonus the pool itself. */
  readonly baseMinor: bigint;
  /** What the plan splits; a cut on top comes to it. */
  readonly poolMinor: bigint;
  readonly plan: SplitPlan;
  /** How the pool follows from the base; left out where it is the base. */
  readonly commissionTerms?: CommissionTerms | null;
  /** Running net sales before the sale; left out where the pool does not depend on them. */
  readonly netSalesBeforeMinor?: bigint | null;
  /** What the deal's cap left before the sale; left out where there is no cap. */
  readonly capLeftMinor?: bigint | null;
  readonly earnedAt: Date;
  /** When the shares become available, unless frozen. */
  readonly releaseAt: Date;
  /** Cash escrow must hold the gross; a commission or a bonus takes its reserve first, the rest the brand owes. */
  readonly fundedFrom: 'escrow_cash' | 'reserve_then_receivable';
}

const TRANSACTION_KIND_OF: Readonly<Record<SourceType, TransactionKind>> = {
  deliverable: 'milestone_approved',
  sale: 'sale_recorded',
  bonus: 'bonus_earned',
};

export interface SplitDraft {
  readonly draft: TransactionDraft;
  readonly shares: readonly SharedAmount[];
}

/**
 * Milestone: deal_escrow → platform_fee, payee_pending… by plan.
 * Sale, bonus: deal_escrow (commission reserve) first, else brand_receivable → platform_fee_pending, payee_pending… by
 * plan. Throws `CurrencyMismatch` where the plan's bounds are in another currency.
 */
export function earningSplit(earning: EarningDraft): SplitDraft {
  const { source, currency, plan } = earning;
  if (plan.currency !== undefined) assertSameCurrency(moneyOf(0n, plan.currency), moneyOf(0n, currency));
  const rule = splitRuleOf(plan, earning.commissionTerms ?? null);
  const { grossMinor, shares } = splitPool(plan, earning.poolMinor, source.id);
  const records = shares.map(({ partyId, role, share, amountMinor }): ShareRecord => ({
    partyId,
    role,
    share,
    amountMinor,
    isHeld: waitsForRelease(earning, role),
  }));
  const [payer, overflow] = payersOf(earning);
  const postings = records.flatMap((share, index) => {
    if (share.amountMinor === 0n) return [];
    const taker = accountOfShare(share.role, share.partyId, currency, share.isHeld);
    return [posting(payer, taker, share.amountMinor, { overflow, shareNo: index + 1 })];
  });
  const draft = transactionDraft({
    kind: TRANSACTION_KIND_OF[source.type],
    idempotencyKey: earning.idempotencyKey,
    request: requestOf(earning),
    effectiveAt: earning.earnedAt,
    postings,
    earning: {
      kind: earning.kind,
      sourceType: source.type,
      sourceId: source.id,
      dealId: earning.dealId,
      campaignId: earning.campaignId,
      influencerId: earning.influencerId,
      currency,
      baseMinor: earning.baseMinor,
      grossMinor,
      earnedAt: earning.earnedAt,
      releaseAt: earning.releaseAt,
      rule,
      netSalesBeforeMinor: earning.netSalesBeforeMinor ?? null,
      capLeftMinor: earning.capLeftMinor ?? null,
      shares: records,
    },
  });
  return { draft, shares };
}

/** The account that holds a share: pending until its release, the platform's as revenue, everybody else's as payee. */
export function accountOfShare(role: ShareRole, partyId: string, currency: string, isHeld: boolean): Account {
  if (role === 'platform') return isHeld ? platformFeePending(currency) : platformFee(currency);
  return isHeld ? payeePending(partyId, currency) : payeeAvailable(partyId, currency);
}

/** The platform's fee on cash is earned with the approval; every other share waits for its release. */
function waitsForRelease({ kind }: EarningDraft, role: ShareRole): boolean {
  return kind !== 'cash' || role !== 'platform';
}

function payersOf({ fundedFrom, dealId, currency }: EarningDraft): readonly [Account, Account | undefined] {
  if (fundedFrom === 'escrow_cash') return [dealEscrow(dealId, 'cash', currency), undefined];
  return [dealEscrow(dealId, 'commission_reserve', currency), brandReceivable(currency)];
}

function requestOf(earning: EarningDraft): Readonly<Record<string, unknown>> {
  const { kind, source, dealId, campaignId, influencerId, currency, baseMinor, poolMinor, fundedFrom } = earning;
  return {
    kind,
    source: [source.type, source.id],
    dealId,
    campaignId,
    influencerId,
    currency,
    baseMinor: `${baseMinor}`,
    poolMinor: `${poolMinor}`,
    earnedAt: earning.earnedAt.toISOString(),
    releaseAt: earning.releaseAt.toISOString(),
    fundedFrom,
  };
}
