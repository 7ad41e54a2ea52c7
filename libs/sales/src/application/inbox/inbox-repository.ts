import type { PageRequest, Transaction } from '@evenhand/kernel';
import type { IntakeProblem, IntakeProblemFilter, Mend, ProblemPage } from './problem';

/** The inbox of a brand and what people did in it. Writes need the system's rights; reading applies those of `tx`. */
export abstract class InboxRepository {
  /** Newest first. */
  abstract page(tx: Transaction, filter: IntakeProblemFilter, page: PageRequest): Promise<ProblemPage>;

  /** Those of the brand, in no order, without their mends; ids of anything else are left out. */
  abstract find(tx: Transaction, brandId: string, problemIds: readonly string[]): Promise<readonly IntakeProblem[]>;

  /** The brands that have open problems of this reason. */
  abstract brandsWithOpen(tx: Transaction, reasonCode: string): Promise<readonly string[]>;

  /** Stores what a person made of an event, beside what came; `saleExternalId` is a refund's. */
  abstract mendEvent(
    tx: Transaction,
    brandId: string,
    eventId: string,
    mended: { readonly content: string; readonly saleExternalId: string | null },
    at: Date,
  ): Promise<void>;

  /** Marks what a person got recorded by replaying it; whatever is not recorded is open again. */
  abstract markReplayed(tx: Transaction, brandId: string, problemIds: readonly string[], at: Date): Promise<void>;

  abstract dismiss(tx: Transaction, brandId: string, problemIds: readonly string[], at: Date): Promise<void>;

  abstract addMends(tx: Transaction, brandId: string, mends: readonly Mend[]): Promise<void>;
}
