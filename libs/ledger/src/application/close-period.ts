import {
  type Actor,
  actsForOrganisation,
  authorize,
  Clock,
  hasStaffRole,
  Outbox,
  type Transaction,
  UnitOfWork,
} from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { PeriodAlreadyClosed, PeriodNotOver } from '../domain/errors';
import { endOfPeriod } from '../domain/period';
import { BookDirectory } from './book-directory';
import { type ClosedPeriod, Periods, type PeriodToClose } from './periods';

export interface ClosePeriodCommand {
  readonly actor: Actor;
  readonly brandId: string;
  /** A month `2026-10`, or the last day of a period `2026-10-15`. */
  readonly period: string;
  /** Of the IANA database: where the month or the day ends. */
  readonly timeZone: string;
}

export interface PeriodClosedResult extends ClosedPeriod {
  readonly bookId: number;
}

/**
 * Closes a brand's book to everything that takes effect before the end of a period, for good; for finance approvers.
 * Closing the same period again gives the first answer. Throws `NotFound`, `Forbidden`, `InvalidInput`,
 * `UnknownTimeZone`, `PeriodNotOver`, `PeriodAlreadyClosed`, `BookNotOpen`.
 */
@Injectable()
export class ClosePeriod {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly books: BookDirectory,
    private readonly periods: Periods,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async execute({ actor, brandId, period, timeZone }: ClosePeriodCommand): Promise<PeriodClosedResult> {
    const mayKnow =
      actsForOrganisation(actor, brandId, 'viewer') ||
      hasStaffRole(actor, 'finance_preparer', 'finance_approver', 'operator');
    authorize(hasStaffRole(actor, 'finance_approver'), mayKnow, 'Book', 'close periods');
    const closedBefore = endOfPeriod(period, timeZone);
    const closedAt = this.clock.now();
    if (closedBefore > closedAt) throw new PeriodNotOver(period, timeZone, closedBefore);
    const closedBy = actor.kind === 'person' ? actor.userId : null;
    return this.uow.run(actor, async (tx) => {
      const bookId = await this.books.bookOf(tx, brandId);
      return this.close(tx, brandId, { bookId, period, timeZone, closedBefore, closedBy, closedAt });
    });
  }

  private async close(tx: Transaction, brandId: string, asked: PeriodToClose): Promise<PeriodClosedResult> {
    const { bookId, period, timeZone, closedBefore } = asked;
    const closing = await this.periods.close(tx, asked);
    if (!closing) throw new PeriodAlreadyClosed(period, timeZone, closedBefore);
    if (closing.isNew) {
      const payload = { brandId, bookId, period, timeZone, closedBefore: closedBefore.toISOString() };
      await this.outbox.append(tx, [{ type: 'ledger.period_closed', subjectId: brandId, payload }]);
    }
    return { bookId, ...closing.closed };
  }
}
