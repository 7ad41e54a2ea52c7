import type { PartyName } from '@evenhand/parties';
import type {
  DisputeOutcome,
  DisputePlace,
  DisputeReason,
  DisputeScope,
  DisputeSide,
  DisputeState,
} from '../../domain/dispute';

/** The cash of one deliverable that is in question; minor units of the dispute's currency. */
export interface DisputeItem {
  readonly deliverableId: string;
  readonly place: DisputePlace;
  /** What the brand had set aside for it, a fee on top included, less what was taken back before. */
  readonly amountMinor: bigint;
  /** Null while nothing is decided about it; kept and returned sum to the amount. */
  readonly decided: {
    /** Exact rational from 0 to 1. */
    readonly influencerShare: string;
    /** Goes to those whom the split plan names. */
    readonly keptMinor: bigint;
    /** Goes back to the brand. */
    readonly returnedMinor: bigint;
  } | null;
}

export const DISPUTE_ENTRY_KINDS = ['claim', 'answer', 'evidence'] as const;
export type DisputeEntryKind = (typeof DISPUTE_ENTRY_KINDS)[number];

/** What one side says, with files of the deal's versions. It never changes. */
export interface DisputeEntry {
  /** 1, 2, 3 …; the first is the claim. */
  readonly number: number;
  readonly kind: DisputeEntryKind;
  readonly side: DisputeSide;
  /** The brand, the influencer, or an agency that acts for her. */
  readonly partyId: string;
  readonly authorId: string;
  readonly text: string;
  readonly fileIds: readonly string[];
  readonly writtenAt: Date;
}

export interface DisputeDecision {
  readonly outcome: DisputeOutcome;
  readonly reason: string;
  readonly decidedBy: string;
  readonly decidedAt: Date;
}

export interface Dispute {
  readonly id: string;
  readonly dealId: string;
  readonly scope: DisputeScope;
  readonly reason: DisputeReason;
  /** Who opened it. */
  readonly side: DisputeSide;
  readonly state: DisputeState;
  readonly openedAt: Date;
  readonly answerDueAt: Date;
  /** Null where the deal has no cash. */
  readonly currency: string | null;
  readonly items: readonly DisputeItem[];
  /** In their order, the claim first. */
  readonly entries: readonly DisputeEntry[];
  readonly decision: DisputeDecision | null;
  readonly withdrawnAt: Date | null;
}

/** A dispute with the names of whoever wrote in it, for showing. */
export interface DisputeView {
  readonly dispute: Dispute;
  readonly names: ReadonlyMap<string, PartyName>;
}
