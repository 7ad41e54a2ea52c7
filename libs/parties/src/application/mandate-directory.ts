import type { Transaction } from '@evenhand/kernel';
import type { MandateTerms } from '../domain/mandate-cut';

/** Whose cuts stand between what a brand pays and an influencer, and when. */
export interface ChainQuery {
  readonly influencerId: string;
  readonly brandId: string;
  readonly at: Date;
}

/** Whose cuts stand between a gross amount and an influencer. */
export abstract class MandateDirectory {
  /**
   * The mandates in force at the instant, outermost agency first, with their cuts for the brand; empty for a self-managed
   * influencer. Answers whoever asks: the caller has authorised its actor and shows the terms only to those who may see
   * them. Throws `AgencyTwiceInChain` where the marketplace allows no such chain (any more).
   */
  abstract chainOf(tx: Transaction, query: ChainQuery): Promise<readonly MandateTerms[]>;

  /**
   * Which agencies represent each of these influencers at the instant `at`; who has none is missing. Answers whoever asks,
   * like `chainOf`.
   */
  abstract agenciesOf(
    tx: Transaction,
    influencerIds: readonly string[],
    at: Date,
  ): Promise<ReadonlyMap<string, readonly string[]>>;
}
