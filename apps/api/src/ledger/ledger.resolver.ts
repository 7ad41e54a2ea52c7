import type { Actor } from '@evenhand/kernel';
import {
  ClosePeriod,
  GetAccountBalance,
  GetBookBalances,
  GetTrialBalance,
  ListPostings,
  RecordBankCredit,
  RecordBrandPayment,
} from '@evenhand/ledger';
import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import {
  CurrentActor,
  fromGlobalId,
  fromLedgerId,
  fromMoneyInput,
  Input,
  toConnection,
  toLedgerId,
  toMoney,
} from '../graphql';
import { AccountBalanceType, BookType, TrialBalanceType } from './book.types';
import { AccountBalanceArgs, asOfFrom, BookArgs, PostingsArgs, TrialBalanceArgs } from './ledger.args';
import { postingFilterFrom } from './ledger.filters';
import { ClosePeriodInput, RecordBankCreditInput, RecordBrandPaymentInput } from './ledger.inputs';
import { toAccountBalance, toBook, toClosedPeriod, toPosting, toTrialBalance } from './ledger.mapper';
import { ClosePeriodResult, RecordBankCreditResult, RecordBrandPaymentResult } from './ledger.results';
import { PostingConnection } from './posting.types';

@Resolver()
export class LedgerResolver {
  constructor(
    private readonly bankCredit: RecordBankCredit,
    private readonly brandPayment: RecordBrandPayment,
    private readonly bookBalances: GetBookBalances,
    private readonly account: GetAccountBalance,
    private readonly trial: GetTrialBalance,
    private readonly period: ClosePeriod,
    private readonly listPostings: ListPostings,
  ) {}

  @Query(() => BookType, { description: "A brand's book: every account with its balance." })
  async book(@CurrentActor() actor: Actor, @Args() args: BookArgs): Promise<BookType> {
    const brandId = fromGlobalId('party', args.brandId);
    return toBook(brandId, await this.bookBalances.execute({ actor, brandId, asOf: asOfFrom(args) }));
  }

  @Query(() => AccountBalanceType, { description: 'One account with its balance.' })
  async accountBalance(@CurrentActor() actor: Actor, @Args() args: AccountBalanceArgs): Promise<AccountBalanceType> {
    const { bookId, id: accountId } = fromLedgerId('account', args.id);
    return toAccountBalance(await this.account.execute({ actor, bookId, accountId, asOf: asOfFrom(args) }));
  }

  @Query(() => TrialBalanceType, { description: 'Balances by kind of account; without a brand of all books.' })
  async trialBalance(@CurrentActor() actor: Actor, @Args() args: TrialBalanceArgs): Promise<TrialBalanceType> {
    const brandId = args.brandId ? fromGlobalId('party', args.brandId) : null;
    return toTrialBalance(await this.trial.execute({ actor, brandId, asOf: asOfFrom(args) }));
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

  @Mutation(() => ClosePeriodResult.type, {
    description: 'Closes the book of a brand to all that takes effect before the end of a period, for good.',
  })
  closePeriod(@CurrentActor() actor: Actor, @Input() input: ClosePeriodInput) {
    return ClosePeriodResult.of(async () => {
      const { period, timeZone } = input;
      const brandId = fromGlobalId('party', input.brandId);
      return toClosedPeriod(await this.period.execute({ actor, brandId, period, timeZone }));
    });
  }
}

function bankCreditFrom(input: RecordBankCreditInput) {
  const { bankReference, receivedAt, idempotencyKey } = input;
  const brandId = fromGlobalId('party', input.brandId);
  return { brandId, ...fromMoneyInput(input.amount), bankReference, receivedAt, idempotencyKey };
}
