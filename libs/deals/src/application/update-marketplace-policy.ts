import { type Actor, authorize, Clock, hasStaffRole, Outbox, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { PolicyVersionSuperseded } from '../domain/errors';
import { checkedPolicyTerms, type MarketplacePolicy, type PolicyTerms } from '../domain/marketplace-policy';
import { MarketplacePolicyRepository } from './marketplace-policy-repository';

export interface UpdateMarketplacePolicyCommand {
  readonly actor: Actor;
  readonly terms: PolicyTerms;
  /** The version the operator has in front of them. */
  readonly expectedVersion: number;
}

/**
 * Adds a version of the policy; it governs offers accepted from now on and touches no deal.
 * Throws Forbidden, InvalidInput, InvalidRational, PolicyVersionSuperseded.
 */
@Injectable()
export class UpdateMarketplacePolicy {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly policies: MarketplacePolicyRepository,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async execute({ actor, terms, expectedVersion }: UpdateMarketplacePolicyCommand): Promise<MarketplacePolicy> {
    authorize(hasStaffRole(actor, 'operator'), true, 'Marketplace policy', 'change the marketplace policy');
    const checked = checkedPolicyTerms(terms);
    return this.uow.run(actor, async (tx) => {
      const { version } = await this.policies.current(tx);
      if (version !== expectedVersion) throw new PolicyVersionSuperseded(version);
      const policy: MarketplacePolicy = {
        ...checked,
        version: version + 1,
        effectiveFrom: this.clock.now(),
        createdBy: actor.kind === 'person' ? actor.userId : null,
      };
      await this.policies.add(tx, policy);
      const payload = { version: policy.version };
      await this.outbox.append(tx, [{ type: 'deals.policy_updated', subjectId: 'marketplace_policy', payload }]);
      return policy;
    });
  }
}
