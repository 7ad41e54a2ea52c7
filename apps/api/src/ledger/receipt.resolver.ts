import type { Actor } from '@evenhand/kernel';
import { GetReceipt, type Receipt } from '@evenhand/ledger';
import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { CurrentActor, fromLedgerId } from '../graphql';
import { TransactionReceiptType } from './receipt.types';

@Resolver()
export class ReceiptResolver {
  constructor(private readonly getReceipt: GetReceipt) {}

  @Query(() => TransactionReceiptType, {
    description: 'For whoever may see the whole transaction; NOT_SEALED_YET in its first seconds.',
  })
  async transactionReceipt(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) transactionId: string,
  ): Promise<TransactionReceiptType> {
    const { bookId, id } = fromLedgerId('txn', transactionId);
    return toReceipt(transactionId, await this.getReceipt.execute({ actor, bookId, transactionId: id }));
  }
}

function toReceipt(transactionId: string, receipt: Receipt): TransactionReceiptType {
  const [first, last] = [receipt.seals[0], receipt.seals.at(-1)];
  if (first === undefined || last === undefined) throw new TypeError('A receipt has a seal.');
  return {
    transactionId,
    sealNo: Number(first.seal),
    sealedAt: new Date(first.sealedAt.replace(' ', 'T').replace('+00', 'Z')),
    headSealNo: Number(last.seal),
    headHash: receipt.head,
    json: JSON.stringify(receipt, null, 2),
  };
}
