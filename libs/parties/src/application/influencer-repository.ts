import type { ChannelPlatform, Page, PageRequest, Transaction } from '@evenhand/kernel';
import type { Money } from '@evenhand/money';
import type { AudiencePart, AudienceShare, Channel } from '../domain/channel';
import type { Fit, FitAsks } from '../domain/fit';
import type { Influencer } from '../domain/influencer';
import type { TextQuery } from '../domain/search-text';

/** An influencer as everybody signed in may see one. */
export interface InfluencerView extends Omit<Influencer, 'userId'> {
  /** Most followers first. */
  readonly channels: readonly Channel[];
  /** Followers of all channels together. */
  readonly followersTotal: bigint;
}

/** One that was found; with its fit where the search was for a campaign. */
export interface InfluencerHit extends InfluencerView {
  readonly fit: Fit | null;
}

/** A share of an audience that is wanted: in a country, of an age, of a gender. */
export interface AudienceFilter {
  readonly part: AudiencePart;
  readonly segment: string;
  /** Whole percent, 1–100. */
  readonly minPercent: number;
}

/** Bounds of an asking price in one currency, both included, minor units; null where it is open. */
export interface PriceFilter {
  readonly currency: string;
  readonly atLeastMinor: bigint | null;
  readonly atMostMinor: bigint | null;
}

/** What searches read of a profile beside its own words. */
export interface SearchFacets {
  readonly text: string;
  readonly followersTotal: bigint;
  readonly platforms: readonly string[];
  readonly audienceCountries: readonly AudienceShare[];
}

export interface InfluencerFilter {
  readonly text: TextQuery | null;
  /** Any of these, each list that is not empty. */
  readonly categories: readonly string[];
  readonly markets: readonly string[];
  readonly languages: readonly string[];
  readonly platforms: readonly ChannelPlatform[];
  /** Of all channels together, both included. */
  readonly minFollowers: bigint | null;
  readonly maxFollowers: bigint | null;
  /** One channel, on one of the platforms, has all of these shares. */
  readonly audience: readonly AudienceFilter[];
  /** She states a price in the currency, and it is within the bounds. */
  readonly price: PriceFilter | null;
}

export abstract class InfluencerRepository {
  /** Throws `AlreadyInfluencer`. */
  abstract add(tx: Transaction, influencer: Influencer, searchText: string): Promise<void>;
  abstract find(tx: Transaction, influencerId: string): Promise<Influencer | null>;
  /** As `find`; profile, channels and mandates of one influencer change one after the other. */
  abstract lock(tx: Transaction, influencerId: string): Promise<Influencer | null>;
  abstract update(tx: Transaction, influencer: Influencer): Promise<void>;
  abstract channels(tx: Transaction, influencerId: string): Promise<readonly Channel[]>;
  /** Throws `ChannelTaken`. */
  abstract addChannel(tx: Transaction, channel: Channel): Promise<void>;
  /** Throws `ChannelTaken`. */
  abstract updateChannel(tx: Transaction, channel: Channel): Promise<void>;
  abstract removeChannel(tx: Transaction, channelId: string, at: Date): Promise<void>;
  /** Keeps what searches read in step with profile and channels. */
  abstract index(tx: Transaction, influencerId: string, facets: SearchFacets): Promise<void>;
  abstract setAskingPrices(tx: Transaction, influencerId: string, prices: readonly Money[]): Promise<void>;
  abstract views(tx: Transaction, influencerIds: readonly string[]): Promise<ReadonlyMap<string, InfluencerView>>;
  /** Most followers first; those that fit best first, each with its reasons, where a campaign asks. */
  abstract search(
    tx: Transaction,
    filter: InfluencerFilter,
    asks: FitAsks | null,
    page: PageRequest,
  ): Promise<Page<InfluencerHit>>;
  /** Those of the influencers that match. */
  abstract matching(tx: Transaction, filter: InfluencerFilter, ids: readonly string[]): Promise<readonly string[]>;
}
