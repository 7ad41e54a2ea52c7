import { type Actor, NotFound, type Page, type PageRequest, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { LedgerQueries, type PostingFilter, type PostingView } from './ledger-queries';

export interface ListPostingsQuery {
  readonly actor: Actor;
  readonly filter: PostingFilter;
  readonly page: PageRequest;
}

/** The postings behind a share, an earning, a transaction, an account or a whole book, as far as the actor sees them. */
@Injectable()
export class ListPostings {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly queries: LedgerQueries,
  ) {}

  /** Throws `NotFound` naming what the filter asks for where the actor may not know about it. */
  async execute({ actor, filter, page }: ListPostingsQuery): Promise<Page<PostingView>> {
    return this.uow.read(actor, async (tx) => {
      const unseen = await this.queries.firstUnseen(tx, filter);
      if (unseen !== null) throw new NotFound(unseen);
      return this.queries.postings(tx, filter, page);
    });
  }
}
