import type { Transaction } from '@evenhand/kernel';

/** Which people stand behind parties, for other contexts; answers whoever asks. */
export abstract class PeopleDirectory {
  /**
   * By each of these parties: the addresses its people sign in with. Of an influencer her own, and those of the members of
   * agencies that represent her at the instant `at`; of an organisation those of its members. Who has none is missing.
   */
  abstract addressesBehind(
    tx: Transaction,
    partyIds: readonly string[],
    at: Date,
  ): Promise<ReadonlyMap<string, readonly string[]>>;
}
