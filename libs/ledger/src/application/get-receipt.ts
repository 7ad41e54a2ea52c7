import { type Actor, NotFound, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { NotSealedYet, SealBroken } from '../domain/seal/errors';
import { type ContentPart, type Receipt, receiptOf } from '../domain/seal/receipt';
import { linksBetween } from '../domain/seal/seal';
import { type PartCounts, Seals } from './seals';

export interface ReceiptQuery {
  readonly actor: Actor;
  readonly bookId: number;
  readonly transactionId: bigint;
  /** The seal it is to lead to; without it the last one of the book. */
  readonly head?: number;
}

/**
 * The receipt of a transaction. It holds the transaction whole, since a part proves nothing about what it was part of, so
 * it is given to whoever sees every row of it: who oversees all books, the brand of the book, and a payee or agency where
 * the transaction is theirs alone or of an earning whose whole chain they may see.
 */
@Injectable()
export class GetReceipt {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly seals: Seals,
  ) {}

  /**
   * Throws `NotFound` also where the actor sees only some of it, {@link NotSealedYet}, and {@link SealBroken} where the
   * transaction or its seals were changed.
   */
  async execute({ actor, bookId, transactionId, head }: ReceiptQuery): Promise<Receipt> {
    return this.uow.read(actor, async (tx) => {
      const visible = await this.seals.visibleParts(tx, bookId, transactionId);
      if (visible.transaction === 0) throw new NotFound('Transaction');
      return this.uow.asSystem(tx, async () => {
        const sealed = await this.seals.sealedTransaction(tx, bookId, transactionId);
        if (sealed === null || !isWhole(sealed.content, visible)) throw new NotFound('Transaction');
        if (sealed.sealNo === null) throw new NotSealedYet(bookId, transactionId);
        const last = await this.seals.headOf(tx, bookId);
        const numbers = linksBetween(sealed.sealNo, Math.min(Math.max(head ?? last, sealed.sealNo), last));
        const seals = await this.seals.headersOf(tx, bookId, numbers);
        if (seals.length < numbers.length)
          throw new SealBroken(bookId, transactionId, 'A seal of this book is missing.');
        return receiptOf({ ...sealed, seals });
      });
    });
  }
}

function isWhole(content: string, visible: PartCounts): boolean {
  const parts = JSON.parse(content) as readonly ContentPart[];
  return Object.entries(visible).every(([kind, count]) => parts.filter(({ part }) => part === kind).length <= count);
}
