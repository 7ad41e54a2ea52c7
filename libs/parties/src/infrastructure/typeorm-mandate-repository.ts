import {
  cursorOf,
  isInstant,
  isInteger,
  isUuid,
  type Page,
  pageOf,
  type PageRequest,
  type Transaction,
} from '@evenhand/kernel';
import { constraintOf, managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import { type EntityManager, LessThanOrEqual, type SelectQueryBuilder } from 'typeorm';
import { type MandateFilter, MandateRepository } from '../application/mandate-repository';
import { MandateChangeAlreadyOpen } from '../domain/errors';
import type { MandateVersion } from '../domain/mandate';
import { MandateRow } from './mandate.row';

/** The state as of an instant, as `stateAt` of the domain decides it. */
const STATE_AT = `case
  when m.state = 'requested' and m.lapses_at <= :now then 'expired'
  when m.state = 'accepted' and m.valid_until <= :now then 'ended'
  else m.state end`;

@Injectable()
export class TypeormMandateRepository extends MandateRepository {
  override async add(tx: Transaction, version: MandateVersion): Promise<void> {
    try {
      await managerOf(tx).insert(MandateRow, version);
    } catch (error) {
      const constraint = constraintOf(error);
      if (constraint === 'mandates_one_open' || constraint === 'mandates_pair_version') {
        throw new MandateChangeAlreadyOpen();
      }
      throw error;
    }
  }

  override async save(tx: Transaction, version: MandateVersion): Promise<void> {
    const { state, decidedBy, decidedAt, validFrom, validUntil, endedBy, endedAt } = version;
    const key = { mandateId: version.mandateId, version: version.version };
    const columns = { state, decidedBy, decidedAt, validFrom, validUntil, endedBy, endedAt };
    const { affected } = await managerOf(tx).update(MandateRow, key, columns);
    if (affected !== 1) throw new Error(`Mandate ${key.mandateId} version ${key.version} could not be written.`);
  }

  override async find(tx: Transaction, mandateId: string, version: number): Promise<MandateVersion | null> {
    return managerOf(tx).findOneBy(MandateRow, { mandateId, version });
  }

  override async versions(tx: Transaction, mandateId: string): Promise<readonly MandateVersion[]> {
    return managerOf(tx).find(MandateRow, { where: { mandateId }, order: { version: 'ASC' } });
  }

  override async versionsOfPair(
    tx: Transaction,
    influencerId: string,
    agencyId: string,
  ): Promise<readonly MandateVersion[]> {
    return managerOf(tx).find(MandateRow, { where: { influencerId, agencyId }, order: { version: 'ASC' } });
  }

  override async inForceFrom(tx: Transaction, influencerId: string, now: Date): Promise<readonly MandateVersion[]> {
    return rows(managerOf(tx))
      .where('m.influencerId = :influencerId', { influencerId })
      .andWhere('m.validFrom is not null and (m.validUntil is null or m.validUntil > :now)', { now })
      .orderBy('m.position', 'ASC')
      .addOrderBy('m.validFrom', 'ASC')
      .getMany();
  }

  override async lockLapsed(tx: Transaction, now: Date, limit: number): Promise<readonly MandateVersion[]> {
    return managerOf(tx).find(MandateRow, {
      where: { state: 'requested', lapsesAt: LessThanOrEqual(now) },
      order: { lapsesAt: 'ASC', mandateId: 'ASC' },
      take: limit,
      lock: { mode: 'pessimistic_write', onLocked: 'skip_locked' },
    });
  }

  override async list(tx: Transaction, filter: MandateFilter, page: PageRequest): Promise<Page<MandateVersion>> {
    const query = rows(managerOf(tx)).where('true').setParameter('now', filter.now);
    if (filter.influencerId !== null) query.andWhere('m.influencerId = :influencerId', filter);
    if (filter.agencyId !== null) query.andWhere('m.agencyId = :agencyId', filter);
    if (filter.states.length > 0) query.andWhere(`${STATE_AT} in (:...states)`, { states: [...filter.states] });
    const totalCount = await query.getCount();
    if (page.after !== null) addCursor(query, page.after);
    const found = await query
      .orderBy('m.requestedAt', 'DESC')
      .addOrderBy('m.mandateId', 'DESC')
      .addOrderBy('m.version', 'DESC')
      .limit(page.first + 1)
      .getMany();
    return pageOf(found, page, totalCount, (row) => [row.requestedAt.toISOString(), row.mandateId, `${row.version}`]);
  }
}

function rows(manager: EntityManager): SelectQueryBuilder<MandateRow> {
  return manager.createQueryBuilder(MandateRow, 'm');
}

function addCursor(query: SelectQueryBuilder<MandateRow>, after: string): void {
  const [requestedAt = '', mandateId = '', version = ''] = cursorOf({ after }, [isInstant, isUuid, isInteger]) ?? [];
  query.andWhere(
    '(m.requested_at, m.mandate_id, m.version) < (:afterTime::timestamptz, :afterId::uuid, :afterVersion::int)',
    { afterTime: requestedAt, afterId: mandateId, afterVersion: version },
  );
}
