import { type Actor, authorize, Clock, hasStaffRole, Outbox, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import type { ChainPolicy } from '../domain/chain-policy';
import { ChainPolicySuperseded } from '../domain/errors';
import { ChainPolicyRepository } from './chain-policy-repository';

/** What the marketplace allows of chains, for anybody to know. */
@Injectable()
export class GetChainPolicy {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly policies: ChainPolicyRepository,
  ) {}

  async execute({ actor }: { readonly actor: Actor }): Promise<ChainPolicy> {
    return this.uow.read(actor, (tx) => this.policies.current(tx));
  }
}

export interface UpdateChainPolicyCommand {
  readonly actor: Actor;
  readonly sameAgencyTwice: boolean;
  /** The version the operator has in front of them. */
  readonly expectedVersion: number;
}

/**
 * Adds a version of the policy. It governs consents and acceptances from now on: a chain that it forbids leads to no new
 * deal, and touches none that was made. Throws Forbidden, ChainPolicySuperseded.
 */
@Injectable()
export class UpdateChainPolicy {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly policies: ChainPolicyRepository,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async execute({ actor, sameAgencyTwice, expectedVersion }: UpdateChainPolicyCommand): Promise<ChainPolicy> {
    authorize(hasStaffRole(actor, 'operator'), true, 'Marketplace policy', 'change the marketplace policy');
    return this.uow.run(actor, async (tx) => {
      const before = await this.policies.current(tx);
      if (before.version !== expectedVersion) throw new ChainPolicySuperseded(before.version);
      const by = actor.kind === 'person' ? actor.userId : null;
      const version = before.version + 1;
      const policy: ChainPolicy = { version, sameAgencyTwice, effectiveFrom: this.clock.now(), createdBy: by };
      await this.policies.add(tx, policy);
      const payload = { version, by, old: before.sameAgencyTwice, new: sameAgencyTwice };
      await this.outbox.append(tx, [{ type: 'parties.chain_policy_updated', subjectId: 'chain_policy', payload }]);
      return policy;
    });
  }
}
