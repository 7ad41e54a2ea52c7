import { type Actor, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import type { MarketplacePolicy } from '../domain/marketplace-policy';
import { MarketplacePolicyRepository } from './marketplace-policy-repository';

/** The policy in force; everybody may know it before they sign up. */
@Injectable()
export class GetMarketplacePolicy {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly policies: MarketplacePolicyRepository,
  ) {}

  async execute({ actor }: { readonly actor: Actor }): Promise<MarketplacePolicy> {
    return this.uow.read(actor, (tx) => this.policies.current(tx));
  }
}
