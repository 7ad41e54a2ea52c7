import { type Transaction, UnitOfWork } from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { MandateDirectory } from '../application/mandate-directory';
import { PartyDirectory } from '../application/party-directory';
import type { MandateTerms } from '../domain/mandate-cut';
import type { PartyName } from '../domain/party';
import { MandateRow } from './mandate.row';
import { PartyRow } from './party.rows';

@Injectable()
export class TypeormPartyDirectory extends PartyDirectory {
  override async namesOf(tx: Transaction, ids: readonly string[]): Promise<ReadonlyMap<string, PartyName>> {
    const wanted = [...new Set(ids)];
    if (wanted.length === 0) return new Map();
    const rows = await managerOf(tx).findBy(PartyRow, { id: In(wanted) });
    return new Map(
      rows.map(({ id, displayName, kind, country }) => [id, { id, name: displayName, kind, country }] as const),
    );
  }
}

@Injectable()
export class TypeormMandateDirectory extends MandateDirectory {
  constructor(private readonly uow: UnitOfWork) {
    super();
  }

  override async chainOf(tx: Transaction, influencerId: string, at: Date): Promise<readonly MandateTerms[]> {
    const rows = await this.uow.asSystem(tx, () =>
      managerOf(tx)
        .createQueryBuilder(MandateRow, 'm')
        .where('m.influencerId = :influencerId', { influencerId })
        .andWhere('m.validFrom <= :at and (m.validUntil is null or m.validUntil > :at)', { at })
        .orderBy('m.position', 'ASC')
        .getMany(),
    );
    return rows.map(({ mandateId, version, agencyId, cuts }) => ({ mandateId, version, agencyId, cuts }));
  }

  override async agenciesOf(
    tx: Transaction,
    influencerIds: readonly string[],
    at: Date,
  ): Promise<ReadonlyMap<string, readonly string[]>> {
    if (influencerIds.length === 0) return new Map();
    const rows = await this.uow.asSystem(tx, () =>
      managerOf(tx).query<{ influencer_id: string; agencies: string[] }[]>(
        `select influencer_id, array_agg(agency_id::text order by position) as agencies from parties.mandates
         where influencer_id = any ($1::uuid[]) and valid_from <= $2 and (valid_until is null or valid_until > $2)
         group by influencer_id`,
        [influencerIds, at],
      ),
    );
    return new Map(rows.map(({ influencer_id, agencies }) => [influencer_id, agencies]));
  }
}
