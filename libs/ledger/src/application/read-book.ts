import { type Actor, authorize, hasStaffRole, NotFound, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { type AccountBalance, LedgerQueries, type TrialBalance } from './ledger-queries';

export interface BookBalances {
  readonly bookId: number;
  readonly balances: readonly AccountBalance[];
}

/** Every account of a brand's book with its balance: for the brand's members, finance and operators. */
@Injectable()
export class GetBookBalances {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly queries: LedgerQueries,
  ) {}

  /** Throws `NotFound` where the brand has no book or the actor may not see it. */
  async execute(query: { readonly actor: Actor; readonly brandId: string }): Promise<BookBalances> {
    return this.uow.read(query.actor, async (tx) => {
      const bookId = await this.queries.bookIdOf(tx, query.brandId);
      if (bookId === null) throw new NotFound('Book');
      return { bookId, balances: await this.queries.balancesOf(tx, bookId) };
    });
  }
}

/** Balances by kind of account, and whether debits equal credits: one brand's book, or for staff all of them. */
@Injectable()
export class GetTrialBalance {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly queries: LedgerQueries,
  ) {}

  /** Throws `NotFound` where the brand has no book or the actor may not see it, `Forbidden` for all books. */
  async execute(query: { readonly actor: Actor; readonly brandId: string | null }): Promise<TrialBalance> {
    const { actor, brandId } = query;
    const isStaff = hasStaffRole(actor, 'finance_preparer', 'finance_approver', 'operator');
    authorize(brandId !== null || isStaff, true, 'Book', 'see the books of all brands');
    return this.uow.read(actor, async (tx) => {
      const bookId = brandId === null ? null : await this.queries.bookIdOf(tx, brandId);
      if (brandId !== null && bookId === null) throw new NotFound('Book');
      return this.queries.trialBalance(tx, bookId);
    });
  }
}
