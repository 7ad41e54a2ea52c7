import type { Page, PageRequest, Transaction } from '@evenhand/kernel';
import type { MandateState, MandateVersion } from '../domain/mandate';

export interface MandateFilter {
  readonly mandateId: string | null;
  readonly influencerId: string | null;
  readonly agencyId: string | null;
  /** As of `now`; empty: all. */
  readonly states: readonly MandateState[];
  readonly now: Date;
}

export abstract class MandateRepository {
  /** Throws `MandateChangeAlreadyOpen`. */
  abstract add(tx: Transaction, version: MandateVersion): Promise<void>;
  /** Writes state, decision, period and notice; the terms are never written again. */
  abstract save(tx: Transaction, version: MandateVersion): Promise<void>;
  abstract find(tx: Transaction, mandateId: string, version: number): Promise<MandateVersion | null>;
  /** All versions, oldest first. */
  abstract versions(tx: Transaction, mandateId: string): Promise<readonly MandateVersion[]>;
  /** As `versions`, each locked: what a job writes meanwhile is waited for and seen. */
  abstract lockVersions(tx: Transaction, mandateId: string): Promise<readonly MandateVersion[]>;
  /** Of all mandates of the two, oldest request first. */
  abstract versionsOfPair(tx: Transaction, influencerId: string, agencyId: string): Promise<readonly MandateVersion[]>;
  /** Accepted versions of all the influencer's mandates that are in force at `now` or later. */
  abstract inForceFrom(tx: Transaction, influencerId: string, now: Date): Promise<readonly MandateVersion[]>;
  /** Locks up to `limit` requests that have lapsed by `now` and that nobody else works on. */
  abstract lockLapsed(tx: Transaction, now: Date, limit: number): Promise<readonly MandateVersion[]>;
  /** Locks up to `limit` accepted versions whose time has run out by `now` and that nobody else works on. */
  abstract lockRunOut(tx: Transaction, now: Date, limit: number): Promise<readonly MandateVersion[]>;
  /** Which of these mandates are in force at `at`, or will be. */
  abstract inForceOf(tx: Transaction, mandateIds: readonly string[], at: Date): Promise<ReadonlySet<string>>;
  /** Newest request first. */
  abstract list(tx: Transaction, filter: MandateFilter, page: PageRequest): Promise<Page<MandateVersion>>;
}
