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
import { courseColumns, MandateRow, toVersion } from './mandate.row';

/** The state as of an instant, as `stateAt` of the domain decides it. */
const STATE_AT = `case
  when m.state = 'requested' and m.lapses_at <= :now then 'expired'
  when m.state = 'accepted' and m.valid_until <= greatest(:now, m.valid_from) then 'ended'
  else m.state end`;

@Injectable()
export class TypeormMandateRepository extends MandateRepository {
  override async add(tx: Transaction, version: MandateVersion): Promise<void> {
    const { notice: _, ...columns } = version;
    try {
      await managerOf(tx).insert(MandateRow, { ...columns, ...courseColumns(version) });
    } catch (error) {
      const constraint = constraintOf(error);
      if (constraint === 'mandates_one_open' || constraint === 'mandates_pkey') throw new MandateChangeAlreadyOpen();
      throw error;
    }
  }

  override async save(tx: Transaction, version: MandateVersion): Promise<void> {
    const key = { mandateId: version.mandateId, version: version.version };
    const { affected } = await managerOf(tx).update(MandateRow, key, courseColumns(version));
    if (affected !== 1) throw new Error(`Mandate ${key.mandateId} version ${key.version} could not be written.`);
  }

  override async find(tx: Transaction, mandateId: string, version: number): Promise<MandateVersion | null> {
    const row = await managerOf(tx).findOneBy(MandateRow, { mandateId, version });
    return row && toVersion(row);
  }

  override async versions(tx: Transaction, mandateId: string): Promise<readonly MandateVersion[]> {
    const found = await managerOf(tx).find(MandateRow, { where: { mandateId }, order: { version: 'ASC' } });
    return found.map(toVersion);
  }

  override async lockVersions(tx: Transaction, mandateId: string): Promise<readonly MandateVersion[]> {
    const found = await managerOf(tx).find(MandateRow, {
      where: { mandateId },
      order: { version: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
    return found.map(toVersion);
  }

  override async versionsOfPair(
    tx: Transaction,
    influencerId: string,
    agencyId: string,
  ): Promise<readonly MandateVersion[]> {
    const found = await managerOf(tx).find(MandateRow, {
      where: { influencerId, agencyId },
      order: { requestedAt: 'ASC', mandateId: 'ASC', version: 'ASC' },
    });
    return found.map(toVersion);
  }

  override async inForceFrom(tx: Transaction, influencerId: string, now: Date): Promise<readonly MandateVersion[]> {
    const found = await rows(managerOf(tx))
      .where('m.influencerId = :influencerId', { influencerId })
      .andWhere('m.validFrom is not null and (m.validUntil is null or m.validUntil > greatest(:now, m.validFrom))', {
        now,
      })
      .orderBy('m.position', 'ASC')
      .addOrderBy('m.validFrom', 'ASC')
      .getMany();
    return found.map(toVersion);
  }

  override async lockLapsed(tx: Transaction, now: Date, limit: number): Promise<readonly MandateVersion[]> {
    const found = await managerOf(tx).find(MandateRow, {
      where: { state: 'requested', lapsesAt: LessThanOrEqual(now) },
      order: { lapsesAt: 'ASC', mandateId: 'ASC' },
      take: limit,
      lock: { mode: 'pessimistic_write', onLocked: 'skip_locked' },
    });
    return found.map(toVersion);
  }

  override async lockRunOut(tx: Transaction, now: Date, limit: number): Promise<readonly MandateVersion[]> {
    const found = await managerOf(tx).find(MandateRow, {
      where: { state: 'accepted', validUntil: LessThanOrEqual(now) },
      order: { validUntil: 'ASC', mandateId: 'ASC', version: 'ASC' },
      take: limit,
      lock: { mode: 'pessimistic_write', onLocked: 'skip_locked' },
    });
    return found.map(toVersion);
  }

  override async inForceOf(tx: Transaction, mandateIds: readonly string[], at: Date): Promise<ReadonlySet<string>> {
    const found = await managerOf(tx).query<{ mandate_id: string }[]>(
      `select distinct mandate_id from parties.mandates where mandate_id = any ($1::uuid[]) and valid_from is not null
         and (valid_until is null or valid_until > greatest($2::timestamptz, valid_from))`,
      [mandateIds, at],
    );
    return new Set(found.map(({ mandate_id }) => mandate_id));
  }

  override async list(tx: Transaction, filter: MandateFilter, page: PageRequest): Promise<Page<MandateVersion>> {
    const query = rows(managerOf(tx)).where('true').setParameter('now', filter.now);
    if (filter.mandateId !== null) query.andWhere('m.mandateId = :mandateId', filter);
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
    return pageOf(found.map(toVersion), page, totalCount, (row) => [
      row.requestedAt.toISOString(),
      row.mandateId,
      `${row.version}`,
    ]);
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
