import { Field, GraphQLISODateTime, ID, Int, ObjectType } from '@nestjs/graphql';

@ObjectType('TransactionReceipt', {
  description: 'Proof that a transaction is among those that were sealed, for the verifier that stands alone.',
})
export class TransactionReceiptType {
  @Field(() => ID)
  transactionId: string;

  @Field(() => Int, { description: 'The seal of the book that holds it.' })
  sealNo: number;

  @Field(() => GraphQLISODateTime)
  sealedAt: Date;

  @Field(() => Int, { description: 'The seal that the receipt leads to: the last one when it was made.' })
  headSealNo: number;

  @Field(() => String, { description: 'Hash of that seal, to be compared with one that was noted elsewhere.' })
  headHash: string;

  @Field(() => String, { description: 'The receipt itself as JSON: save it, and run verify-receipt.mjs on the file.' })
  json: string;
}
