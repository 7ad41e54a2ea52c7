import type { Brief, Compensation, DeliverableKind } from '@evenhand/campaigns';
import type { CompensationKind } from '@evenhand/kernel';
import type { SplitPlan } from '@evenhand/ledger';
import type { DealState, EscrowNeed } from '../domain/deal';
import type { DeliverableProgress } from '../domain/deliverable';
import type { LivestreamPlan } from '../domain/publication/livestream';
import type { Publication } from '../domain/publication/publication';
import type { VersionOutcome } from '../domain/version';
import type { CommissionKind } from './deal-directory';
import type { StoredFile } from './files/file';
import type { Gift, GiftEvent } from './gift';

/** A mandate as it stood at acceptance. */
export interface PinnedMandate {
  readonly mandateId: string;
  readonly version: number;
  readonly agencyId: string;
}

/** Everything both sides agreed on. Written once, at acceptance; no later change of anything reaches it. */
export interface DealTerms {
  readonly compensation: Compensation;
  readonly brief: Brief;
  readonly policyVersion: number;
  /** Outermost agency first; empty for a self-managed influencer. */
  readonly mandates: readonly PinnedMandate[];
  readonly autoApprovalDays: number;
  /** Days between the approval of work and the release of its cash. */
  readonly cashHoldDays: number;
  /** One plan per kind the compensation pays: cash; note and livestream commission always together. */
  readonly plans: Readonly<Partial<Record<CompensationKind, SplitPlan>>>;
}

/** One handing over of a deliverable to the brand. It never changes; what became of it is said once. */
export interface DeliverableVersion {
  /** 1, 2, 3 … */
  readonly number: number;
  readonly caption: string;
  readonly mediaUrls: readonly string[];
  /** In the submitter's order. */
  readonly files: readonly StoredFile[];
  /** The user; null where a job did it. */
  readonly submittedBy: string | null;
  /** The influencer, or the agency that acted for her. */
  readonly partyId: string;
  readonly submittedAt: Date;
  /** Null while the brand is asked. */
  readonly outcome: VersionOutcome | null;
  readonly decidedAt: Date | null;
  /** What the brand wants changed; null where it was not sent back. */
  readonly feedback: string | null;
}

export interface VersionDecision {
  readonly outcome: VersionOutcome;
  readonly decidedAt: Date;
  readonly feedback: string | null;
}

export interface Milestone {
  readonly id: string;
  readonly ordinal: number;
  /** Minor units of the deal's cash currency. */
  readonly amountMinor: bigint;
  readonly releasedAt: Date | null;
}

export interface Deliverable {
  /** Follows from campaign, influencer, deal number and piece: see `deliverableId`. */
  readonly id: string;
  readonly specKey: string;
  readonly sequence: number;
  readonly kind: DeliverableKind;
  readonly description: string;
  /** Calendar day, `YYYY-MM-DD`. */
  readonly dueOn: string;
  readonly revisionsAllowed: number;
  readonly progress: DeliverableProgress;
  /** The open dispute about its cash; it rests as long as there is one. */
  readonly disputeId: string | null;
  readonly milestones: readonly Milestone[];
  readonly versions: readonly DeliverableVersion[];
  /** Of a livestream. */
  readonly plan: LivestreamPlan;
  /** Null until it is published. */
  readonly publication: Publication | null;
}

export interface TrackingCode {
  readonly id: string;
  readonly kind: CommissionKind;
  readonly code: string;
  readonly linkSlug: string;
  readonly createdAt: Date;
}

export interface Deal {
  readonly id: string;
  readonly bidId: string;
  readonly offerNumber: number;
  readonly campaignId: string;
  readonly campaignTitle: string;
  readonly brandId: string;
  readonly influencerId: string;
  /** The agency that made the bid for the influencer; null where she bid herself. */
  readonly agencyId: string | null;
  /** 1 for the first deal of this influencer in this campaign, 2 for the next. */
  readonly number: number;
  readonly state: DealState;
  readonly terms: DealTerms;
  readonly need: EscrowNeed;
  readonly acceptedAt: Date;
  readonly acceptedBy: string | null;
  readonly fundedAt: Date | null;
  readonly fundingKey: string | null;
  readonly activatedAt: Date | null;
  readonly completedAt: Date | null;
  readonly cancelledAt: Date | null;
  readonly deliverables: readonly Deliverable[];
  readonly gift: Gift | null;
  /** Oldest first; of several of one kind the latest is the one to show, all of them count. */
  readonly codes: readonly TrackingCode[];
  /** Where its links lead, a public https address; null while the brand has not said. */
  readonly linkDestination: string | null;
}

export type DealEvent =
  | 'deal_accepted'
  | 'deal_funded'
  | 'deal_completed'
  | 'deal_cancelled'
  | 'deal_disputed'
  | 'deal_resumed'
  | 'deliverable_submitted'
  | 'deliverable_changes_requested'
  | 'deliverable_approved'
  | 'deliverable_published'
  | 'deliverable_settled'
  | 'publication_confirmed'
  | 'livestream_planned'
  | 'short_livestream_accepted'
  | 'note_exploded'
  | GiftEvent
  | 'link_destination_set'
  | 'usage_rights_ending'
  | 'usage_rights_expired'
  | 'exclusivity_ending'
  | 'exclusivity_ended';

/** One line of the deal's history: what moved from where to where. Who did it is the transaction's actor. */
export interface StateChange {
  readonly event: DealEvent;
  /** Id of the deal, deliverable or gift that changed. */
  readonly subjectId: string;
  /** Null where the subject came into being. */
  readonly from: string | null;
  readonly to: string;
  readonly note: string | null;
  /** Told to other contexts beside the change; not in the history. */
  readonly facts?: Readonly<Record<string, unknown>>;
}
