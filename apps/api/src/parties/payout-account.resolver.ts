import type { Actor } from '@evenhand/kernel';
import { UnknownCurrency } from '@evenhand/money';
import {
  InvalidBankDetails,
  ListPayoutAccounts,
  OwnPayoutAccount,
  SetPayoutAccount,
  VerifyPayoutAccount,
} from '@evenhand/parties';
import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentActor, fromGlobalId, Input, resultUnion } from '../graphql';
import {
  PayoutAccountType,
  SetPayoutAccountInput,
  toPayoutAccount,
  VerifyPayoutAccountInput,
} from './payout-account.types';

const SetPayoutAccountResult = resultUnion('SetPayoutAccountResult', () => PayoutAccountType, [
  InvalidBankDetails,
  UnknownCurrency,
]);
const VerifyPayoutAccountResult = resultUnion('VerifyPayoutAccountResult', () => PayoutAccountType, [OwnPayoutAccount]);

@Resolver(() => PayoutAccountType)
export class PayoutAccountResolver {
  constructor(
    private readonly listAccounts: ListPayoutAccounts,
    private readonly setAccounts: SetPayoutAccount,
    private readonly verifyAccounts: VerifyPayoutAccount,
  ) {}

  @Query(() => [PayoutAccountType], { description: 'For the influencer herself or an owner of the organisation.' })
  async payoutAccounts(
    @CurrentActor() actor: Actor,
    @Args('partyId', { type: () => ID }) partyId: string,
  ): Promise<PayoutAccountType[]> {
    const accounts = await this.listAccounts.execute({ actor, partyId: fromGlobalId('party', partyId) });
    return accounts.map(toPayoutAccount);
  }

  @Mutation(() => SetPayoutAccountResult.type, { description: 'Replaces the account of the party and currency.' })
  setPayoutAccount(@CurrentActor() actor: Actor, @Input() input: SetPayoutAccountInput) {
    const command = {
      actor,
      partyId: fromGlobalId('party', input.partyId),
      currency: input.currency,
      holder: input.holder,
      iban: input.iban ?? null,
      bic: input.bic ?? null,
      accountNumber: input.accountNumber ?? null,
      bankCode: input.bankCode ?? null,
      country: input.country ?? null,
    };
    return SetPayoutAccountResult.of(async () => toPayoutAccount(await this.setAccounts.execute(command)));
  }

  @Mutation(() => VerifyPayoutAccountResult.type, { description: 'Finance has confirmed it with the payee.' })
  verifyPayoutAccount(@CurrentActor() actor: Actor, @Input() input: VerifyPayoutAccountInput) {
    const command = { actor, accountId: fromGlobalId('payoutaccount', input.accountId) };
    return VerifyPayoutAccountResult.of(async () => toPayoutAccount(await this.verifyAccounts.execute(command)));
  }
}
