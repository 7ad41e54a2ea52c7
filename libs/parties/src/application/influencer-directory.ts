import type { Transaction } from '@evenhand/kernel';
import type { FitProfile } from '../domain/fit';

/** Influencers for other contexts. Ids without a profile are missing in the answer. */
export abstract class InfluencerDirectory {
  abstract fitProfilesOf(tx: Transaction, ids: readonly string[]): Promise<ReadonlyMap<string, FitProfile>>;
}
