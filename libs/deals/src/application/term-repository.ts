import type { Transaction } from '@evenhand/kernel';
import type { DatedTerm, Period, TermNotice } from '../domain/dated-term';
import type { Deal } from './deal';

/** A dated term of a deal and what is to be told of it next. */
export interface DueTerm extends Period {
  readonly term: DatedTerm;
  readonly next: TermNotice;
}

/** What is to be told of the dated terms of deals, and when. */
export abstract class TermRepository {
  abstract insert(tx: Transaction, deal: Deal, term: DatedTerm, period: Period, next: TermNotice): Promise<void>;
  /** Ids of deals with something to tell, longest due first. */
  abstract dealsWithDueTerm(tx: Transaction, now: Date, limit: number): Promise<readonly string[]>;
  /** What is due of a deal whose row the transaction has locked. */
  abstract dueOf(tx: Transaction, dealId: string, now: Date): Promise<readonly DueTerm[]>;
  /** `next` null: nothing more is told. */
  abstract saveNext(tx: Transaction, dealId: string, term: DatedTerm, next: TermNotice | null): Promise<void>;
}
