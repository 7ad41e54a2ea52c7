import type { Actor } from '@evenhand/kernel';
import { GetBookBalances, GetTrialBalance, ListPostings, RecordBankCredit, RecordBrandPayment } from '@evenhand/ledger';
import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentActor, fromGlobalId, fromMoneyInput, Input, toConnection, toLedgerId, toMoney } from '../graphql';
import { BookType, TrialBalanceType } from './book.types';
import { PostingsArgs } from './ledger.args';
import { postingFilterFrom } from './ledger.filters';
import { RecordBankCreditInput, RecordBrandPaymentInput } from './ledger.inputs';
import { toBook, toPosting, toTrialBalance } from './ledger.mapper';
import { RecordBankCreditResult, RecordBrandPaymentResult } from './ledger.results';
import { PostingConnection } from './posting.types';

@Resolver()
export class LedgerResolver {
  constructor(
    private readonly bankCredit: RecordBankCredit,
    private readonly brandPayment: RecordBrandPayment,
    private readonly bookBalances: GetBookBalances,
    private readonly trial: GetTrialBalance,
    private readonly listPostings: ListPostings,
  ) {}

  @Query(() => BookType, { description: "A brand's book: every account with its balance." })
  async book(@CurrentActor() actor: Actor, @Args('brandId', { type: () => ID }) id: string): Promise<BookType> {
    const brandId = fromGlobalId('party', id);
    return toBook(brandId, await this.bookBalances.execute({ actor, brandId }));
  }

  @Query(() => TrialBalanceType, { description: 'Balances by kind of account; without a brand of all books.' })
  async trialBalance(
    @CurrentActor() actor: Actor,
    @Args('brandId', { type: () => ID, nullable: true }) id: string | null,
  ): Promise<TrialBalanceType> {
    const brandId = id ? fromGlobalId('party', id) : null;
    return toTrialBalance(await this.trial.execute({ actor, brandId }));
  }

  @Query(() => PostingConnection, { description: 'In the order in which they were posted.' })
  async postings(@CurrentActor() actor: Actor, @Args() { filter, ...page }: PostingsArgs): Promise<PostingConnection> {
    const found = await this.listPostings.execute({ actor, filter: postingFilterFrom(filter), page });
    return toConnection(found, toPosting);
  }

  @Mutation(() => RecordBankCreditResult.type, { description: "Records a brand's money that arrived at the bank." })
  recordBankCredit(@CurrentActor() actor: Actor, @Input() input: RecordBankCreditInput) {
    return RecordBankCreditResult.of(async () => {
      const credit = await this.bankCredit.execute({ actor, ...bankCreditFrom(input) });
      return {
        transactionId: toLedgerId('txn', { bookId: credit.bookId, id: credit.transactionId }),
        brandBalance: toMoney(credit.brandBalanceMinor, input.amount.currency),
      };
    });
  }

  @Mutation(() => RecordBrandPaymentResult.type, { description: 'Records that a brand paid what it owed.' })
  recordBrandPayment(@CurrentActor() actor: Actor, @Input() input: RecordBrandPaymentInput) {
    return RecordBrandPaymentResult.of(async () => {
      const payment = await this.brandPayment.execute({ actor, ...bankCreditFrom(input) });
      return {
        transactionId: toLedgerId('txn', { bookId: payment.bookId, id: payment.transactionId }),
        brandReceivable: toMoney(payment.brandReceivableMinor, input.amount.currency),
      };
    });
  }
}

function bankCreditFrom(input: RecordBankCreditInput) {
  const { bankReference, receivedAt, idempotencyKey } = input;
  const brandId = fromGlobalId('party', input.brandId);
  return { brandId, ...fromMoneyInput(input.amount), bankReference, receivedAt, idempotencyKey };
}
