import type { CurrencyTotal, DealFilter } from './deal-list';
import type { PageRequest, Transaction } from '@evenhand/kernel';
import type { DealState } from '../domain/deal';
import type { DeliverableProgress } from '../domain/deliverable';
import type { GiftProgress } from '../domain/gift-progress';
import type { GiftCorrection } from '../domain/gift-value';
import type { Deal, DeliverableVersion, StateChange, TrackingCode, VersionDecision } from './deal';
import type { Fulfilment } from './fulfilment';
import type { Gift } from './gift';

/** The columns of a deal that change after acceptance; what is left out stays. */
export interface DealChange {
  readonly state: DealState;
  readonly fundedAt?: Date;
  readonly fundingKey?: string;
  readonly activatedAt?: Date;
  readonly completedAt?: Date;
  readonly cancelledAt?: Date;
}

export interface DealPage {
  readonly deals: readonly Deal[];
  readonly totalCount: number;
  readonly totals: readonly CurrencyTotal[];
}

/** Deals as whole aggregates, under the rights that apply in the transaction. */
export abstract class DealRepository {
  /** Throws TrackingCodeTaken where one of its codes is another deal's. */
  abstract insert(tx: Transaction, deal: Deal): Promise<void>;

  abstract find(tx: Transaction, dealId: string): Promise<Deal | null>;

  /** The deal with its row locked until the end of the transaction: commands on one deal happen one after another. */
  abstract lock(tx: Transaction, dealId: string): Promise<Deal | null>;
  abstract dealIdOfDeliverable(tx: Transaction, deliverableId: string): Promise<string | null>;

  /** The deal that a bid became. */
  abstract findByBid(tx: Transaction, bidId: string): Promise<Deal | null>;
  /** How many deals the influencer has had in the campaign; both sides see all of them. */
  abstract countBetween(tx: Transaction, campaignId: string, influencerId: string): Promise<number>;

  /** One fetched row more than `page.first` tells that there is a next page. */
  abstract list(tx: Transaction, filter: DealFilter, page: PageRequest): Promise<DealPage>;

  /** The brand's deal that this key funded. */
  abstract dealFundedBy(tx: Transaction, brandId: string, fundingKey: string): Promise<string | null>;

  abstract saveDeal(tx: Transaction, dealId: string, change: DealChange): Promise<void>;
  abstract saveDeliverable(tx: Transaction, deliverableId: string, progress: DeliverableProgress): Promise<void>;
  abstract saveGift(tx: Transaction, giftId: string, progress: GiftProgress): Promise<void>;
  /** A new proposal where its state is `proposed`, else the answer to it. */
  abstract saveCorrection(tx: Transaction, deal: Deal, gift: Gift, correction: GiftCorrection): Promise<void>;
  /** Its files are attached to it by the repository of files. */
  abstract appendVersion(
    tx: Transaction,
    deal: Deal,
    deliverableId: string,
    version: Omit<DeliverableVersion, 'files'>,
  ): Promise<void>;
  /** Says what became of a version; fails where that was said before. */
  abstract decideVersion(
    tx: Transaction,
    deliverableId: string,
    number: number,
    decision: VersionDecision,
  ): Promise<void>;
  abstract releaseMilestones(tx: Transaction, milestoneIds: readonly string[], at: Date): Promise<void>;
  abstract recordChanges(tx: Transaction, deal: Deal, changes: readonly StateChange[], at: Date): Promise<void>;

  /** Throws TrackingCodeTaken. */
  abstract insertCode(tx: Transaction, deal: Deal, code: TrackingCode): Promise<void>;
  abstract saveLinkDestination(tx: Transaction, dealId: string, destination: string | null): Promise<void>;
  /** Which of the codes (canonical form) the brand uses already; needs the system's rights to see all of them. */
  abstract takenCodes(tx: Transaction, brandId: string, codes: readonly string[]): Promise<ReadonlySet<string>>;

  /** Deliverables whose brand has been silent too long, oldest first. */
  abstract deliverablesToAutoApprove(tx: Transaction, now: Date, limit: number): Promise<readonly string[]>;
  /** Ids of deals whose gift was received, whose posting duty ended, and where the posts are missing. */
  abstract dealsWithOverdueGift(tx: Transaction, now: Date, limit: number): Promise<readonly string[]>;
  /** Ids of deals whose gift was shipped until then, not received, and of whose parcel nobody was reminded. */
  abstract dealsWithUnconfirmedGift(tx: Transaction, shippedUntil: Date, limit: number): Promise<readonly string[]>;
  /** Posting duties of each influencer that has any that came due, over all deals; needs the system's rights. */
  abstract fulfilmentOf(tx: Transaction, influencerIds: readonly string[]): Promise<ReadonlyMap<string, Fulfilment>>;
}
