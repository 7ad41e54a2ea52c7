import { systemActor, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { type EarningDraft, earningSplit } from '../domain/events/earning-split';
import { BookDirectory } from './book-directory';
import { LedgerWriter } from './ledger-writer';
import { type EarningResult, earningResult } from './split-earnings';

const ACTOR = systemActor('split one earning');

/**
 * As {@link SplitEarnings}, one earning in a transaction of its own, committed when this answers: for whoever has nothing
 * else to write with it, in a third of the round trips. Throws the same.
 */
@Injectable()
export class SplitOneEarning {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly books: BookDirectory,
    private readonly writer: LedgerWriter,
  ) {}

  async execute(brandId: string, earning: EarningDraft): Promise<EarningResult> {
    const bookId = this.books.known(brandId) ?? (await this.uow.run(ACTOR, (tx) => this.books.bookOf(tx, brandId)));
    const split = earningSplit(earning);
    return earningResult(bookId, split, await this.writer.postAlone(bookId, split.draft));
  }
}
