import type { CompensationKind } from '@evenhand/kernel';
import {
  type Account,
  brandReceivable,
  dealEscrow,
  payeeAvailable,
  payeePending,
  platformFee,
  platformFeePending,
} from '../account';
import { type SharedAmount, splitAmount } from '../split-amount';
import type { ShareRole, SplitPlan } from '../split-plan';
import {
  posting,
  type ShareRecord,
  type SourceType,
  transactionDraft,
  type TransactionDraft,
} from '../transaction-draft';

/** A milestone approved or a sale attributed: a gross amount to be split by its deal's plan. */
export interface EarningDraft {
  readonly idempotencyKey: string;
  readonly kind: CompensationKind;
  readonly source: { readonly type: SourceType; readonly id: string };
  readonly dealId: string;
  readonly campaignId: string;
  readonly influencerId: string;
  readonly currency: string;
  /** What the gross was computed from: net sales of the order line; for a milestone the gross itself. */
  readonly baseMinor: bigint;
  readonly grossMinor: bigint;
  readonly plan: SplitPlan;
  readonly earnedAt: Date;
  /** When the shares become available, unless frozen. */
  readonly releaseAt: Date;
  /** Cash escrow must hold the gross; a commission takes its reserve first, the rest the brand owes. */
  readonly fundedFrom: 'escrow_cash' | 'reserve_then_receivable';
}

export interface SplitDraft {
  readonly draft: TransactionDraft;
  readonly shares: readonly SharedAmount[];
}

/**
 * Milestone: deal_escrow → platform_fee, payee_pending… by plan.
 * Sale: deal_escrow (commission reserve) first, else brand_receivable → platform_fee_pending, payee_pending… by plan.
 */
export function earningSplit(earning: EarningDraft): SplitDraft {
  const { source, currency, grossMinor } = earning;
  const shares = splitAmount(earning.plan, grossMinor, source.id);
  const records = shares.map((share): ShareRecord => ({ ...share, releaseAt: releaseAtOf(earning, share.role) }));
  const [payer, overflow] = payersOf(earning);
  const postings = records.flatMap((share, index) => {
    if (share.amountMinor === 0n) return [];
    const taker = accountOfShare(share.role, share.partyId, currency, share.releaseAt !== null);
    return [posting(payer, taker, share.amountMinor, { overflow, shareNo: index + 1 })];
  });
  const draft = transactionDraft({
    kind: source.type === 'deliverable' ? 'milestone_approved' : 'sale_recorded',
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
      ruleVersion: earning.plan.ruleVersion,
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
function releaseAtOf(earning: EarningDraft, role: ShareRole): Date | null {
  return earning.kind === 'cash' && role === 'platform' ? null : earning.releaseAt;
}

function payersOf({ fundedFrom, dealId, currency }: EarningDraft): readonly [Account, Account | undefined] {
  if (fundedFrom === 'escrow_cash') return [dealEscrow(dealId, 'cash', currency), undefined];
  return [dealEscrow(dealId, 'commission_reserve', currency), brandReceivable(currency)];
}

function requestOf(earning: EarningDraft): Readonly<Record<string, unknown>> {
  const { kind, source, dealId, campaignId, influencerId, currency, baseMinor, grossMinor, plan, fundedFrom } = earning;
  return {
    kind,
    source: [source.type, source.id],
    dealId,
    campaignId,
    influencerId,
    currency,
    baseMinor: `${baseMinor}`,
    grossMinor: `${grossMinor}`,
    plan: [plan.ruleVersion, ...plan.shares.map(({ partyId, role, share }) => [partyId, role, share])],
    earnedAt: earning.earnedAt.toISOString(),
    releaseAt: earning.releaseAt.toISOString(),
    fundedFrom,
  };
}
