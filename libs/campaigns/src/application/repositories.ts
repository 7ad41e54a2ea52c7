import type { ChannelPlatform, Page, PageRequest, Transaction } from '@evenhand/kernel';
import type { Fit, FitProfile } from '@evenhand/parties';
import type { Bid, BidState } from '../domain/bid';
import type { CampaignLimits } from '../domain/brief';
import type { Campaign, CampaignState, CampaignUse } from '../domain/campaign';
import type { OfferedKind } from '../domain/compensation';
import type { CampaignSummary } from './bid-offers';
import type { SearchDocument } from '../domain/search-text';

export const CAMPAIGN_ORDERS = ['newest', 'deadline'] as const;
export type CampaignOrder = (typeof CAMPAIGN_ORDERS)[number];

/**
 * `newest` by publication (creation, for a draft); `deadline` by the bid deadline, soonest first; or the profile of an
 * influencer: what fits it best first, of equals what was created last.
 */
export type CampaignRanking = CampaignOrder | FitProfile;

/** A campaign that was found; with its fit where it was ranked by a profile. */
export interface FoundCampaign {
  readonly campaign: Campaign;
  readonly fit: Fit | null;
}

export interface AmountFilter {
  readonly currency: string;
  readonly amountMinor: bigint;
}

/** Within one list any entry may match; the fields must all match. Empty lists and nulls do not filter. */
export interface CampaignFilter {
  readonly text: string | null;
  readonly brandId: string | null;
  readonly states: readonly CampaignState[];
  readonly markets: readonly string[];
  readonly languages: readonly string[];
  readonly channels: readonly ChannelPlatform[];
  readonly categories: readonly string[];
  readonly kinds: readonly OfferedKind[];
  /** A kind offered in this currency; together with `kinds`, one of those kinds. */
  readonly currency: string | null;
  /** The campaign pays cash of at least this: its range reaches up to the amount. */
  readonly cashAtLeast: AmountFilter | null;
  /** The campaign pays cash of at most this: its range begins at or below the amount. */
  readonly cashAtMost: AmountFilter | null;
  /** Leaves out campaigns whose bid deadline is before this instant. */
  readonly bidsOpenAt: Date | null;
  /** Bounds of the bid deadline, both included. */
  readonly deadlineFrom: Date | null;
  readonly deadlineTo: Date | null;
}

export interface BidFilter {
  readonly campaignId: string | null;
  readonly influencerId: string | null;
  readonly states: readonly BidState[];
}

/** Reads and locks with the rights in force in the transaction. */
export abstract class CampaignRepository {
  abstract insert(tx: Transaction, campaign: Campaign, limits: CampaignLimits, document: SearchDocument): Promise<void>;

  /** Writes brief, limits and searchable text of a campaign that has committed nothing yet. */
  abstract saveBrief(
    tx: Transaction,
    campaign: Campaign,
    limits: CampaignLimits,
    document: SearchDocument,
  ): Promise<void>;

  abstract saveState(tx: Transaction, campaign: Campaign): Promise<void>;

  abstract find(tx: Transaction, campaignId: string): Promise<Campaign | null>;

  /** Titles without the briefs, for lists of other contexts. */
  abstract summariesOf(tx: Transaction, campaignIds: readonly string[]): Promise<ReadonlyMap<string, CampaignSummary>>;

  abstract findMany(tx: Transaction, campaignIds: readonly string[]): Promise<ReadonlyMap<string, Campaign>>;

  /** `to_change`: nobody else may read it under a lock; `to_rely_on`: nobody may change its state meanwhile. */
  abstract lock(tx: Transaction, campaignId: string, purpose: 'to_change' | 'to_rely_on'): Promise<Campaign | null>;

  abstract search(
    tx: Transaction,
    filter: CampaignFilter,
    ranking: CampaignRanking,
    page: PageRequest,
  ): Promise<Page<FoundCampaign>>;

  /** Those of the campaigns that match. */
  abstract matching(tx: Transaction, filter: CampaignFilter, ids: readonly string[]): Promise<readonly string[]>;

  /** Limits and what is committed of them, for those of the campaigns whose limits the actor may see. */
  abstract usesOf(tx: Transaction, campaignIds: readonly string[]): Promise<ReadonlyMap<string, CampaignUse>>;

  /** The same for one campaign, locked until the transaction ends. */
  abstract lockUse(tx: Transaction, campaignId: string): Promise<CampaignUse | null>;

  abstract saveUse(tx: Transaction, campaignId: string, use: CampaignUse): Promise<void>;
}

/** Reads and locks with the rights in force in the transaction. */
/** A bid and whose it is. */
export interface BidParties {
  readonly bidId: string;
  readonly campaignId: string;
  readonly brandId: string;
  readonly influencerId: string;
}

export abstract class BidRepository {
  /** Throws OpenBidExists where the influencer has an open bid on the campaign. */
  abstract insert(tx: Transaction, bid: Bid): Promise<void>;

  /** Writes the state and the offers that are not stored yet. */
  abstract save(tx: Transaction, bid: Bid): Promise<void>;

  abstract find(tx: Transaction, bidId: string): Promise<Bid | null>;

  /** Those of the bids that are open, with all their offers, oldest first. */
  abstract findOpen(tx: Transaction, bidIds: readonly string[]): Promise<readonly Bid[]>;

  /** The open bids of a campaign, in the same way. */
  abstract findOpenOf(tx: Transaction, campaignId: string): Promise<readonly Bid[]>;

  abstract lock(tx: Transaction, bidId: string): Promise<Bid | null>;

  /** Newest first, with all their offers. */
  abstract list(tx: Transaction, filter: BidFilter, page: PageRequest): Promise<Page<Bid>>;

  /** Ends the open bids whose latest offer has expired, at most `limit`; answers those it ended. */
  abstract expireDue(tx: Transaction, now: Date, limit: number): Promise<readonly BidParties[]>;

  /** Ends every open bid of a campaign that takes no acceptances any more; the ids of those it ended. */
  abstract expireOpenOf(tx: Transaction, campaignId: string, reason: string, now: Date): Promise<readonly BidParties[]>;

  /** Marks the commitment of an accepted bid as given back; false where it was before. */
  abstract markReleased(tx: Transaction, bidId: string, now: Date): Promise<boolean>;
}
