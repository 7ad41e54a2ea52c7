import { type Actor, authorize, hasStaffRole, NotFound, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { type AccountBalance, LedgerQueries, type TrialBalance } from './ledger-queries';
import { type BooksAsOf, PastBalances } from './past-balances';
import { type ClosedPeriod, Periods } from './periods';

export interface BookBalances {
  readonly bookId: number;
  readonly balances: readonly AccountBalance[];
  /** Latest first. */
  readonly closedPeriods: readonly ClosedPeriod[];
}

/** Every account of a brand's book with its balance, now or as of a time: for its members, finance and operators. */
@Injectable()
export class GetBookBalances {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly queries: LedgerQueries,
    private readonly past: PastBalances,
    private readonly periods: Periods,
  ) {}

  /** Throws `NotFound` where the brand has no book or the actor may not see it. */
  async execute(query: {
    readonly actor: Actor;
    readonly brandId: string;
    readonly asOf: BooksAsOf;
  }): Promise<BookBalances> {
    const { asOf } = query;
    return this.uow.read(query.actor, async (tx) => {
      const bookId = await this.queries.bookIdOf(tx, query.brandId);
      if (bookId === null) throw new NotFound('Book');
      const balances = isNow(asOf)
        ? await this.queries.balancesOf(tx, bookId)
        : await this.past.balancesOf(tx, bookId, asOf);
      return { bookId, balances, closedPeriods: await this.periods.closedPeriods(tx, bookId) };
    });
  }
}

/** One account with its balance, now or as of a time: for whoever may see the account. */
@Injectable()
export class GetAccountBalance {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly past: PastBalances,
  ) {}

  /** Throws `NotFound` where there is no such account or the actor may not see it. */
  async execute(query: {
    readonly actor: Actor;
    readonly bookId: number;
    readonly accountId: bigint;
    readonly asOf: BooksAsOf;
  }): Promise<AccountBalance> {
    const { actor, bookId, accountId, asOf } = query;
    const account = await this.uow.read(actor, (tx) => this.past.accountOf(tx, bookId, accountId, asOf));
    if (!account) throw new NotFound('Account');
    return account;
  }
}

/** Balances by kind of account, and whether debits equal credits: one brand's book, or for staff all of them. */
@Injectable()
export class GetTrialBalance {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly queries: LedgerQueries,
    private readonly past: PastBalances,
  ) {}

  /** Throws `NotFound` where the brand has no book or the actor may not see it, `Forbidden` for all books. */
  async execute(query: {
    readonly actor: Actor;
    readonly brandId: string | null;
    readonly asOf: BooksAsOf;
  }): Promise<TrialBalance> {
    const { actor, brandId, asOf } = query;
    const isStaff = hasStaffRole(actor, 'finance_preparer', 'finance_approver', 'operator');
    authorize(brandId !== null || isStaff, true, 'Book', 'see the books of all brands');
    return this.uow.read(actor, async (tx) => {
      const bookId = brandId === null ? null : await this.queries.bookIdOf(tx, brandId);
      if (brandId !== null && bookId === null) throw new NotFound('Book');
      return isNow(asOf) ? this.queries.trialBalance(tx, bookId) : this.past.trialBalance(tx, bookId, asOf);
    });
  }
}

function isNow({ recordedUpTo, effectiveBefore }: BooksAsOf): boolean {
  return recordedUpTo === null && effectiveBefore === null;
}
