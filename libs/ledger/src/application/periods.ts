import type { Transaction } from '@evenhand/kernel';

/** A period of a book that refuses postings; it begins where the one closed before it ended. */
export interface ClosedPeriod {
  /** A month `2026-10`, or the last day `2026-10-15`, in the time zone. */
  readonly period: string;
  readonly timeZone: string;
  /** The first instant after it. */
  readonly closedBefore: Date;
  /** Null where no person closed it: a job, or an administrator at the command line. */
  readonly closedBy: string | null;
  readonly closedAt: Date;
}

export interface PeriodToClose extends ClosedPeriod {
  readonly bookId: number;
}

export interface PeriodClosing {
  readonly closed: ClosedPeriod;
  /** False where the same period had been closed before. */
  readonly isNew: boolean;
}

/** Which periods of a book are closed. */
export abstract class Periods {
  /**
   * Closes what takes effect before an instant, after every posting under way has ended; system rights. Null where the
   * instant lies within what is closed already and no period of that name ends there.
   */
  abstract close(tx: Transaction, period: PeriodToClose): Promise<PeriodClosing | null>;
  /** Latest first, with the rights of the transaction's actor. */
  abstract closedPeriods(tx: Transaction, bookId: number): Promise<readonly ClosedPeriod[]>;
}
