import type { OrganisationRole, Transaction } from '@evenhand/kernel';

/** Somebody who stands behind a party: the influencer herself, or a member; of it, or of an agency that represents it. */
export interface PersonBehind {
  readonly userId: string;
  readonly partyId: string;
  /** The agency through which they stand behind her; null where the party is their own. */
  readonly agencyId: string | null;
  readonly role: OrganisationRole | 'self';
}

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

  /** Everybody behind any of these parties at the instant `at`, with the role in which they are. */
  abstract peopleBehind(tx: Transaction, partyIds: readonly string[], at: Date): Promise<readonly PersonBehind[]>;
}
