import type { EarningKind, Page, PageRequest, Transaction } from '@evenhand/kernel';
import type { Account, AccountClass, AccountKind, EscrowPurpose, NormalSide } from '../domain/account';
import type { ShareRole } from '../domain/split-plan';
import type { SourceType, TransactionKind } from '../domain/transaction-draft';

export interface AccountBalance {
  readonly bookId: number;
  readonly accountId: bigint;
  readonly kind: AccountKind;
  readonly currency: string;
  readonly partyId: string | null;
  readonly dealId: string | null;
  readonly purpose: EscrowPurpose | null;
  /** Positive on the account's normal side. */
  readonly balanceMinor: bigint;
}

/** One side of a posting: what the account is for and what the posting left on it, null where the actor may not know. */
export interface PostingSide {
  readonly accountId: bigint;
  readonly account: {
    readonly kind: AccountKind;
    readonly partyId: string | null;
    readonly dealId: string | null;
    readonly purpose: EscrowPurpose | null;
  } | null;
  readonly balanceMinor: bigint | null;
}

export interface PostingView {
  readonly bookId: number;
  readonly postingId: bigint;
  readonly transactionId: bigint;
  readonly kind: TransactionKind;
  readonly reference: string | null;
  readonly debit: PostingSide;
  readonly credit: PostingSide;
  readonly currency: string;
  /** Of the posting; where postings of a share or an earning were asked for, that share's part of it. */
  readonly amountMinor: bigint;
  /** The amount of the whole posting, where `amountMinor` is a share's part of it; null elsewhere. */
  readonly partOfMinor: bigint | null;
  /** The share that is moved; null where none is, or many of one payee together. */
  readonly shareId: bigint | null;
  readonly earningId: bigint | null;
  readonly effectiveAt: Date;
  readonly recordedAt: Date;
}

/** All given fields must hold. */
export interface PostingFilter {
  readonly bookId: number;
  readonly transactionId?: bigint;
  readonly accountId?: bigint;
  readonly earningId?: bigint;
  readonly shareId?: bigint;
}

export interface ShareKey {
  readonly bookId: number;
  readonly shareId: bigint;
}

export function shareKey({ bookId, shareId }: ShareKey): string {
  return `${bookId}/${shareId}`;
}

export interface ShareView {
  readonly bookId: number;
  readonly shareId: bigint;
  readonly earningId: bigint;
  readonly partyId: string;
  readonly role: ShareRole;
  readonly share: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly reversedMinor: bigint;
  readonly state: 'held' | 'released';
  readonly releaseAt: Date | null;
  readonly releasedAt: Date | null;
  readonly frozenReason: string | null;
}

export interface EarningView {
  readonly bookId: number;
  readonly brandId: string;
  readonly earningId: bigint;
  readonly transactionId: bigint;
  readonly kind: EarningKind;
  readonly sourceType: SourceType;
  readonly sourceId: string;
  readonly dealId: string;
  readonly campaignId: string;
  readonly influencerId: string;
  readonly currency: string;
  readonly baseMinor: bigint;
  readonly baseReversedMinor: bigint;
  readonly grossMinor: bigint;
  readonly grossReversedMinor: bigint;
  readonly fromEscrowMinor: bigint;
  readonly ruleVersion: string;
  readonly earnedAt: Date;
  readonly recordedAt: Date;
  /** The chain as far as the actor may see it, in its order. */
  readonly shares: readonly ShareView[];
}

/** All given fields must hold; times half-open [from, to). */
export interface EarningFilter {
  readonly brandId?: string;
  readonly influencerId?: string;
  readonly dealId?: string;
  readonly campaignId?: string;
  readonly currency?: string;
  readonly kind?: EarningKind;
  readonly source?: { readonly type: SourceType; readonly id: string };
  readonly earnedFrom?: Date;
  readonly earnedTo?: Date;
  /** Recorded or taken back from by this transaction, or with shares that it released. */
  readonly transaction?: { readonly bookId: number; readonly id: bigint };
}

export interface EarningTotal {
  readonly currency: string;
  readonly grossMinor: bigint;
  readonly grossReversedMinor: bigint;
}

export interface EarningPage extends Page<EarningView> {
  /** Over all filtered rows. */
  readonly totals: readonly EarningTotal[];
}

export interface TrialBalanceLine {
  readonly bookId: number;
  readonly currency: string;
  readonly kind: AccountKind;
  readonly class: AccountClass;
  readonly normalSide: NormalSide;
  readonly balanceMinor: bigint;
}

export interface TrialBalance {
  readonly lines: readonly TrialBalanceLine[];
  /** Debit balances less credit balances per book and currency: zero, or the books are broken. */
  readonly differences: readonly {
    readonly bookId: number;
    readonly currency: string;
    readonly differenceMinor: bigint;
  }[];
}

/** Reads with the rights of the transaction's actor: what row-level security hides is not there. */
export abstract class LedgerQueries {
  /** The book of a brand, null where the actor may not see it. */
  abstract bookIdOf(tx: Transaction, brandId: string): Promise<number | null>;
  abstract brandIdOf(tx: Transaction, bookId: number): Promise<string | null>;
  /** Balance of one account now; zero where it has no posting yet. */
  abstract balanceOf(tx: Transaction, bookId: number, account: Account): Promise<bigint>;
  /** Balance of one account as the transactions recorded up to `at` left it. */
  abstract balanceAt(tx: Transaction, bookId: number, account: Account, at: Date): Promise<bigint>;
  /** Balance of one account as one transaction left it. */
  abstract balanceLeftBy(tx: Transaction, bookId: number, transactionId: bigint, account: Account): Promise<bigint>;
  abstract balancesOf(tx: Transaction, bookId: number): Promise<readonly AccountBalance[]>;
  /** What is left in the escrow of a deal, per purpose and currency. */
  abstract escrowOf(tx: Transaction, brandId: string, dealId: string): Promise<readonly AccountBalance[]>;
  /** What of the filter the actor may not know about, as a word for people; null where all of it is seen. */
  abstract firstUnseen(tx: Transaction, filter: PostingFilter): Promise<string | null>;
  /** In the order in which they were posted. */
  abstract postings(tx: Transaction, filter: PostingFilter, page: PageRequest): Promise<Page<PostingView>>;
  /** Those of each share, by {@link shareKey}, in the order in which they were posted: all of one is few. */
  abstract postingsOfShares(
    tx: Transaction,
    shares: readonly ShareKey[],
  ): Promise<ReadonlyMap<string, readonly PostingView[]>>;
  /** Latest first. */
  abstract earnings(tx: Transaction, filter: EarningFilter, page: PageRequest): Promise<EarningPage>;
  abstract trialBalance(tx: Transaction, bookId: number | null): Promise<TrialBalance>;
}
