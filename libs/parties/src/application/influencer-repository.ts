import type { ChannelPlatform, Page, PageRequest, Transaction } from '@evenhand/kernel';
import type { Channel } from '../domain/channel';
import type { Influencer } from '../domain/influencer';
import type { TextQuery } from '../domain/search-text';

/** An influencer as everybody signed in may see one. */
export interface InfluencerView extends Omit<Influencer, 'userId'> {
  /** Most followers first. */
  readonly channels: readonly Channel[];
  /** Followers of all channels together. */
  readonly followersTotal: bigint;
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
  /** At least this share of a channel's audience lives in the country. */
  readonly audience: { readonly country: string; readonly minPercent: number } | null;
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
  abstract index(tx: Transaction, influencerId: string, searchText: string, followersTotal: bigint): Promise<void>;
  abstract views(tx: Transaction, influencerIds: readonly string[]): Promise<ReadonlyMap<string, InfluencerView>>;
  /** Most followers first. */
  abstract search(tx: Transaction, filter: InfluencerFilter, page: PageRequest): Promise<Page<InfluencerView>>;
}
