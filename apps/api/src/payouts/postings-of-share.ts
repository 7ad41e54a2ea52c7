import { type Actor, UnitOfWork } from '@evenhand/kernel';
import { LedgerQueries, shareKey } from '@evenhand/ledger';
import { Injectable } from '@nestjs/common';
import DataLoader from 'dataloader';
import { fromLedgerId } from '../graphql';
import { toPosting } from '../ledger/ledger.mapper';
import type { PostingType } from '../ledger/posting.types';

type Loader = DataLoader<string, PostingType[]>;

/** The postings of shares, with the rights of whoever asks; those asked for at once are loaded by one query. */
@Injectable()
export class PostingsOfShare {
  /** Nothing is remembered, so that an actor who asks again sees what has come since. */
  private readonly loaders = new WeakMap<Actor, Loader>();

  constructor(
    private readonly uow: UnitOfWork,
    private readonly ledger: LedgerQueries,
  ) {}

  of(actor: Actor, shareGlobalId: string): Promise<PostingType[]> {
    const loader = this.loaders.get(actor) ?? new DataLoader((ids) => this.load(actor, ids), { cache: false });
    this.loaders.set(actor, loader);
    return loader.load(shareGlobalId);
  }

  private async load(actor: Actor, shareGlobalIds: readonly string[]): Promise<PostingType[][]> {
    const shares = shareGlobalIds.map((globalId) => {
      const { bookId, id: shareId } = fromLedgerId('share', globalId);
      return { bookId, shareId };
    });
    const found = await this.uow.read(actor, (tx) => this.ledger.postingsOfShares(tx, shares));
    return shares.map((share) => (found.get(shareKey(share)) ?? []).map(toPosting));
  }
}
