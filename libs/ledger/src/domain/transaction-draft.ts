import type { EarningKind } from '@evenhand/kernel';
import { MAX_AMOUNT_MINOR } from '@evenhand/money';
import { type Account, assertSameAccountCurrency } from './account';
import { InvalidPosting } from './errors';
import type { ShareRole } from './split-plan';
import type { SplitRule } from './split-rule';

export const TRANSACTION_KINDS = [
  'brand_funded',
  'brand_paid',
  'deal_funded',
  'escrow_returned',
  'milestone_approved',
  'sale_recorded',
  'bonus_earned',
  'earning_reversed',
  'holds_released',
  'payout_sent',
  'payout_confirmed',
  'payout_rejected',
  'gift_received',
  'gift_returned',
  'gift_value_corrected',
  'balance_converted',
] as const;
export type TransactionKind = (typeof TRANSACTION_KINDS)[number];

/** One movement from the debited to the credited account. Build with {@link posting}. */
export interface PostingDraft {
  readonly debit: Account;
  /** Debited for what the first account does not hold above its floor; null where that is an error. */
  readonly overflow: Account | null;
  readonly credit: Account;
  readonly amountMinor: bigint;
  /** 1-based number of a share of the same draft's earning. */
  readonly shareNo: number | null;
  /** A share recorded earlier. */
  readonly shareId: bigint | null;
}

export const SOURCE_TYPES = ['deliverable', 'sale', 'bonus'] as const;
export type SourceType = (typeof SOURCE_TYPES)[number];

export interface ShareRecord {
  readonly partyId: string;
  readonly role: ShareRole;
  /** Exact rational of the gross, e.g. "3/8". */
  readonly share: string;
  readonly amountMinor: bigint;
  /** False where the share is available at once, not with its earning's release. */
  readonly isHeld: boolean;
}

export interface EarningRecord {
  readonly kind: EarningKind;
  readonly sourceType: SourceType;
  readonly sourceId: string;
  readonly dealId: string;
  readonly campaignId: string;
  readonly influencerId: string;
  readonly currency: string;
  /** What the pool was computed from: net sales of a sale; of a milestone and a bonus the pool itself. */
  readonly baseMinor: bigint;
  /** What the brand pays in all: the pool that was split, and a cut on top. */
  readonly grossMinor: bigint;
  readonly earnedAt: Date;
  /** When the held shares are released, unless frozen. */
  readonly releaseAt: Date;
  readonly rule: SplitRule;
  /** Running net sales before the sale; null where the gross does not depend on them. */
  readonly netSalesBeforeMinor: bigint | null;
  /** What the cap of the deal left before the sale; null where there is no cap. */
  readonly capLeftMinor: bigint | null;
  readonly shares: readonly ShareRecord[];
}

export interface ReversalRecord {
  readonly earningId: bigint;
  readonly refundId: string;
  readonly baseMinor: bigint;
  readonly grossMinor: bigint;
  readonly shares: readonly { readonly shareId: bigint; readonly amountMinor: bigint }[];
}

export interface ConversionRecord {
  readonly fromCurrency: string;
  readonly toCurrency: string;
  readonly fromMinor: bigint;
  readonly toMinor: bigint;
  /** Units of `toCurrency` for one of `fromCurrency`, exact rational text. */
  readonly rate: string;
  readonly rateDate: string;
  readonly rateSource: string;
}

/** What one money event is to write, as one transaction: decided without the database. */
export interface TransactionDraft {
  readonly kind: TransactionKind;
  readonly idempotencyKey: string;
  /** What was asked, JSON-safe: the same key with anything else here is a conflict. */
  readonly request: Readonly<Record<string, unknown>>;
  readonly effectiveAt: Date;
  /** The bank's or another outside reference, for people. */
  readonly reference: string | null;
  readonly postings: readonly PostingDraft[];
  readonly earning: EarningRecord | null;
  readonly reversal: ReversalRecord | null;
  readonly conversion: ConversionRecord | null;
}

interface PostingOptions {
  readonly overflow?: Account;
  readonly shareNo?: number;
  readonly shareId?: bigint;
}

/** Debits one account and credits another; throws `CurrencyMismatch`, {@link InvalidPosting}. */
export function posting(
  debit: Account,
  credit: Account,
  amountMinor: bigint,
  { overflow, shareNo, shareId }: PostingOptions = {},
): PostingDraft {
  assertSameAccountCurrency(debit, credit);
  if (overflow) assertSameAccountCurrency(overflow, credit);
  if (amountMinor <= 0n || amountMinor > MAX_AMOUNT_MINOR) {
    throw new InvalidPosting('The amount of a posting must be above zero and fit the range of amounts.');
  }
  return { debit, overflow: overflow ?? null, credit, amountMinor, shareNo: shareNo ?? null, shareId: shareId ?? null };
}

type DraftParts = Pick<TransactionDraft, 'kind' | 'idempotencyKey' | 'request' | 'effectiveAt' | 'postings'> &
  Partial<Pick<TransactionDraft, 'reference' | 'earning' | 'reversal' | 'conversion'>>;

export function transactionDraft(parts: DraftParts): TransactionDraft {
  return { reference: null, earning: null, reversal: null, conversion: null, ...parts };
}
