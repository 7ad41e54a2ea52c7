import type { ChannelPlatform, Transaction } from '@evenhand/kernel';
import type { Channel } from '../domain/channel';
import type { FitProfile } from '../domain/fit';

/** Influencers for other contexts. Ids without a profile are missing in the answer. */
export abstract class InfluencerDirectory {
  /** Her channels as they are now, most followers first. */
  abstract channelsOf(tx: Transaction, influencerId: string): Promise<readonly Channel[]>;
  abstract fitProfilesOf(tx: Transaction, ids: readonly string[]): Promise<ReadonlyMap<string, FitProfile>>;

  /** Followers on channels of these platforms together; influencers without such a channel are missing. */
  abstract followersOn(
    tx: Transaction,
    influencerIds: readonly string[],
    platforms: readonly ChannelPlatform[],
  ): Promise<ReadonlyMap<string, bigint>>;
}
