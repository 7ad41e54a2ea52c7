import type { Transaction } from '@evenhand/kernel';
import { constraintOf, managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import { ChainPolicyRepository } from '../application/chain-policy-repository';
import type { ChainPolicy } from '../domain/chain-policy';
import { ChainPolicySuperseded } from '../domain/errors';

const CURRENT = `
  select version, same_agency_twice as "sameAgencyTwice", effective_from as "effectiveFrom", created_by as "createdBy"
  from parties.chain_policies order by version desc limit 1`;

@Injectable()
export class SqlChainPolicyRepository extends ChainPolicyRepository {
  override async current(tx: Transaction): Promise<ChainPolicy> {
    const [policy] = await managerOf(tx).query<ChainPolicy[]>(CURRENT);
    if (!policy) throw new RangeError('The first chain policy comes with the migration and is never deleted.');
    return policy;
  }

  override async add(tx: Transaction, policy: ChainPolicy): Promise<void> {
    const { version, sameAgencyTwice, effectiveFrom, createdBy } = policy;
    try {
      await managerOf(tx).query(
        `insert into parties.chain_policies (version, same_agency_twice, effective_from, created_by)
         values ($1, $2, $3, $4)`,
        [version, sameAgencyTwice, effectiveFrom, createdBy],
      );
    } catch (error) {
      if (constraintOf(error) === 'chain_policies_pkey') throw new ChainPolicySuperseded(version);
      throw error;
    }
  }
}
