import { type Actor, UnitOfWork } from '@evenhand/kernel';
import { LedgerQueries, shareKey } from '@evenhand/ledger';
import { Injectable } from '@nestjs/common';
import { fromLedgerId, LoaderPerActor } from '../graphql';
import { toPosting } from '../ledger/ledger.mapper';
import type { PostingType } from '../ledger/posting.types';

/** The postings of shares, with the rights of whoever asks; those asked for at once are loaded by one query. */
@Injectable()
export class PostingsOfShare {
  private readonly loader = new LoaderPerActor<string, PostingType[]>((actor, ids) => this.load(actor, ids));

  constructor(
    private readonly uow: UnitOfWork,
    private readonly ledger: LedgerQueries,
  ) {}

  of(actor: Actor, shareGlobalId: string): Promise<PostingType[]> {
    return this.loader.load(actor, shareGlobalId);
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
