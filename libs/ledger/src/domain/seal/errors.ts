import { DomainError } from '@evenhand/kernel';

/** Seals follow the transactions within seconds; until then there is nothing to prove. */
export class NotSealedYet extends DomainError {
  readonly code = 'NOT_SEALED_YET';

  constructor(bookId: number, transactionId: bigint) {
    super('This transaction is not sealed yet; try again in a few seconds.', {
      bookId,
      transactionId: `${transactionId}`,
    });
  }
}

/** The transaction or its seal is not what it was when it was sealed: somebody has been at the tables. */
export class SealBroken extends DomainError {
  readonly code = 'SEAL_BROKEN';

  constructor(bookId: number, transactionId: bigint, message: string) {
    super(message, { bookId, transactionId: `${transactionId}` });
  }
}
