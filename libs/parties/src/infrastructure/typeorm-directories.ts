import { type ChannelPlatform, type Transaction, UnitOfWork } from '@evenhand/kernel';
import { managerOf, queryPrepared } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import { ChainPolicyRepository } from '../application/chain-policy-repository';
import { InfluencerDirectory } from '../application/influencer-directory';
import { type ChainQuery, MandateDirectory } from '../application/mandate-directory';
import { PartyDirectory } from '../application/party-directory';
import { PeopleDirectory, type PersonBehind } from '../application/people-directory';
import type { Channel } from '../domain/channel';
import { AgencyTwiceInChain } from '../domain/errors';
import { type FitProfile, reachOf } from '../domain/fit';
import { cutsFor, type MandateTerms } from '../domain/mandate-cut';
import type { PartyName } from '../domain/party';
import { readViews } from './influencer-views';
import { MandateRow } from './mandate.row';

const NAMES = `select id, display_name as name, kind, country from parties.parties where id = any ($1)`;

@Injectable()
export class TypeormPartyDirectory extends PartyDirectory {
  override async namesOf(tx: Transaction, ids: readonly string[]): Promise<ReadonlyMap<string, PartyName>> {
    const wanted = [...new Set(ids)];
    if (wanted.length === 0) return new Map();
    const rows = (await queryPrepared(tx, 'parties.names_of', NAMES, [wanted])) as readonly PartyName[];
    return new Map(rows.map((row) => [row.id, row]));
  }
}

@Injectable()
export class TypeormInfluencerDirectory extends InfluencerDirectory {
  override async channelsOf(tx: Transaction, influencerId: string): Promise<readonly Channel[]> {
    return (await readViews(managerOf(tx), [influencerId])).get(influencerId)?.channels ?? [];
  }

  override async fitProfilesOf(tx: Transaction, ids: readonly string[]): Promise<ReadonlyMap<string, FitProfile>> {
    const views = await readViews(managerOf(tx), ids);
    return new Map([...views].map(([id, view]) => [id, { ...view, ...reachOf(view.channels) }]));
  }

  override async followersOn(
    tx: Transaction,
    influencerIds: readonly string[],
    platforms: readonly ChannelPlatform[],
  ): Promise<ReadonlyMap<string, bigint>> {
    const rows: { influencer_id: string; followers: string }[] = await managerOf(tx).query(
      `select influencer_id, sum(followers) as followers from parties.channels
       where influencer_id = any ($1) and platform = any ($2) and removed_at is null group by influencer_id`,
      [[...new Set(influencerIds)], platforms],
    );
    return new Map(rows.map((row) => [row.influencer_id, BigInt(row.followers)]));
  }
}

@Injectable()
export class TypeormMandateDirectory extends MandateDirectory {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly policies: ChainPolicyRepository,
  ) {
    super();
  }

  override async chainOf(tx: Transaction, { influencerId, brandId, at }: ChainQuery): Promise<readonly MandateTerms[]> {
    const rows = await this.uow.asSystem(tx, () =>
      managerOf(tx)
        .createQueryBuilder(MandateRow, 'm')
        .where('m.influencerId = :influencerId', { influencerId })
        .andWhere('m.validFrom <= :at and (m.validUntil is null or m.validUntil > :at)', { at })
        .orderBy('m.position', 'ASC')
        .getMany(),
    );
    const standsTwice = new Set(rows.map(({ agencyId }) => agencyId)).size < rows.length;
    if (standsTwice && !(await this.policies.current(tx)).sameAgencyTwice) throw new AgencyTwiceInChain();
    return rows.map((row) => {
      const { mandateId, version, agencyId } = row;
      return { mandateId, version, agencyId, cuts: cutsFor(row, brandId) };
    });
  }

  override async agenciesOf(
    tx: Transaction,
    influencerIds: readonly string[],
    at: Date,
  ): Promise<ReadonlyMap<string, readonly string[]>> {
    if (influencerIds.length === 0) return new Map();
    const rows = await this.uow.asSystem(tx, () =>
      managerOf(tx).query<{ influencer_id: string; agencies: string[] }[]>(
        `select influencer_id, array_agg(agency_id::text order by place) as agencies
         from (select influencer_id, agency_id, min(position) as place from parties.mandates
               where influencer_id = any ($1::uuid[]) and valid_from <= $2 and (valid_until is null or valid_until > $2)
               group by influencer_id, agency_id) as standing
         group by influencer_id`,
        [influencerIds, at],
      ),
    );
    return new Map(rows.map(({ influencer_id, agencies }) => [influencer_id, agencies]));
  }
}

const BEHIND = `
  with wanted as (select distinct unnest($1::uuid[]) as party_id), behind as (
    select w.party_id, m.user_id, null::uuid as agency_id, m.role from wanted w
    join parties.members m on m.party_id = w.party_id and m.removed_at is null
    union
    select w.party_id, i.user_id, null, 'self' from wanted w join parties.influencers i on i.party_id = w.party_id
    union
    select w.party_id, m.user_id, d.agency_id, m.role from wanted w
    join parties.mandates d on d.influencer_id = w.party_id and d.valid_from <= $2
      and (d.valid_until is null or d.valid_until > $2)
    join parties.members m on m.party_id = d.agency_id and m.removed_at is null
  )`;

const ADDRESSES_BEHIND = `${BEHIND}
  select b.party_id, array_agg(distinct u.email order by u.email) as addresses
  from behind b join identity.users u on u.id = b.user_id
  group by b.party_id`;

const PEOPLE_BEHIND = `${BEHIND}
  select party_id as "partyId", user_id as "userId", agency_id as "agencyId", role from behind`;

@Injectable()
export class TypeormPeopleDirectory extends PeopleDirectory {
  constructor(private readonly uow: UnitOfWork) {
    super();
  }

  override async addressesBehind(
    tx: Transaction,
    partyIds: readonly string[],
    at: Date,
  ): Promise<ReadonlyMap<string, readonly string[]>> {
    if (partyIds.length === 0) return new Map();
    const rows = await this.uow.asSystem(tx, () =>
      managerOf(tx).query<{ party_id: string; addresses: string[] }[]>(ADDRESSES_BEHIND, [partyIds, at]),
    );
    return new Map(rows.map(({ party_id, addresses }) => [party_id, addresses]));
  }

  override async peopleBehind(
    tx: Transaction,
    partyIds: readonly string[],
    at: Date,
  ): Promise<readonly PersonBehind[]> {
    if (partyIds.length === 0) return [];
    return this.uow.asSystem(tx, () => managerOf(tx).query<PersonBehind[]>(PEOPLE_BEHIND, [partyIds, at]));
  }
}
