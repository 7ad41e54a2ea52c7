import { GetMarketplacePolicy, PolicyVersionSuperseded, UpdateMarketplacePolicy } from '@evenhand/deals';
import type { Actor } from '@evenhand/kernel';
import { CurrencyMismatch, InvalidAmount, InvalidRational, UnknownCurrency } from '@evenhand/money';
import { Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentActor, Input, resultUnion } from '../graphql';
import {
  MarketplacePolicyType,
  policyTermsFrom,
  toMarketplacePolicy,
  UpdateMarketplacePolicyInput,
} from './marketplace-policy.types';

const UpdateMarketplacePolicyResult = resultUnion('UpdateMarketplacePolicyResult', () => MarketplacePolicyType, [
  PolicyVersionSuperseded,
  InvalidRational,
  InvalidAmount,
  UnknownCurrency,
  CurrencyMismatch,
]);

@Resolver()
export class MarketplacePolicyResolver {
  constructor(
    private readonly getPolicy: GetMarketplacePolicy,
    private readonly updatePolicy: UpdateMarketplacePolicy,
  ) {}

  @Query(() => MarketplacePolicyType)
  async marketplacePolicy(@CurrentActor() actor: Actor): Promise<MarketplacePolicyType> {
    return toMarketplacePolicy(await this.getPolicy.execute({ actor }));
  }

  @Mutation(() => UpdateMarketplacePolicyResult.type)
  updateMarketplacePolicy(@CurrentActor() actor: Actor, @Input() input: UpdateMarketplacePolicyInput) {
    const { expectedVersion } = input;
    return UpdateMarketplacePolicyResult.of(async () => {
      const policy = await this.updatePolicy.execute({ actor, terms: policyTermsFrom(input), expectedVersion });
      return toMarketplacePolicy(policy);
    });
  }
}
