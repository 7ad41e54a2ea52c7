import type { ChannelPlatform, Transaction } from '@evenhand/kernel';
import type { FitProfile } from '../domain/fit';

/** Influencers for other contexts. Ids without a profile are missing in the answer. */
export abstract class InfluencerDirectory {
  abstract fitProfilesOf(tx: Transaction, ids: readonly string[]): Promise<ReadonlyMap<string, FitProfile>>;

  /** Followers on channels of these platforms together; influencers without such a channel are missing. */
  abstract followersOn(
    tx: Transaction,
    influencerIds: readonly string[],
    platforms: readonly ChannelPlatform[],
  ): Promise<ReadonlyMap<string, bigint>>;
}
