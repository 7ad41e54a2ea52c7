import type { Transaction } from '@evenhand/kernel';
import { managerOf, plainArray, queryPrepared } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import {
  type IntakeDecision,
  type IntakeEvent,
  type IntakeKey,
  type IntakeKind,
  IntakeRepository,
  type IntakeState,
  LockedKeys,
  type NewIntakeEvent,
} from '../application/intake-repository';
import { eventColumns } from './event-columns';

interface EventRow {
  readonly event_id: string;
  readonly kind: IntakeKind;
  readonly source: string;
  readonly external_id: string;
  readonly content: string;
  readonly sha256: string;
  readonly state: IntakeState;
  readonly reason_code: string | null;
  readonly reason: string | null;
  readonly recorded_id: string | null;
  readonly sale_external_id: string | null;
  readonly mended_content: string | null;
  readonly customer: string | null;
}

interface KeyRow {
  readonly kind: IntakeKind;
  readonly source: string;
  readonly external_id: string;
}

const EVENT_COLUMNS = `event.event_id, event.kind, event.source, event.external_id, event.content,
  encode(event.content_sha256, 'hex') as sha256, event.state, event.reason_code, event.reason, event.recorded_id,
  event.sale_external_id, event.mended_content, event.customer`;

/** Answers those that were there before. */
const MAKE_KEYS = `
  with asked as (
    select distinct kind, source, external_id from unnest($2::text[], $3::text[], $4::text[]) as key (kind, source, external_id)
  ), made as (
    insert into sales.intake_keys (brand_id, kind, source, external_id)
    select $1::uuid, asked.* from asked order by kind, source, external_id
    on conflict do nothing
    returning kind, source, external_id
  )
  select * from asked except select * from made`;

const LOCK_KEYS = `
  select from sales.intake_keys
  where brand_id = $1 and (kind, source, external_id) in (select * from unnest($2::text[], $3::text[], $4::text[]))
  order by kind, source, external_id
  for no key update`;

/** $1 the brand, then the columns of {@link eventColumns}. */
const ADD_EVENTS = `
  insert into sales.intake_events (brand_id, event_id, kind, source, external_id, content, content_sha256, state,
    reason_code, reason, recorded_id, sale_external_id, received_at, received_from, decided_at, via, import_id, customer)
  select $1, event_id, kind, source, external_id, content, sha256, state,
    reason_code, reason, recorded_id, sale_external_id, "receivedAt", "receivedFrom", "receivedAt", via, "importId", customer
  from unnest($2::uuid[], $3::text[], $4::text[], $5::bytea[], $6::uuid[], $7::text[], $8::text[], $9::text[], $10::text[],
              $11::integer[])
    as event (event_id, external_id, content, sha256, recorded_id, sale_external_id, customer, reason_code, reason,
              circumstances_no)
  join rows from (jsonb_to_recordset($12::jsonb) as (kind text, source text, state text, "receivedAt" timestamptz,
         "receivedFrom" uuid, via text, "importId" uuid)) with ordinality as circumstances
    on circumstances.ordinality = event.circumstances_no`;

@Injectable()
export class TypeormIntakeRepository extends IntakeRepository {
  override async enter(tx: Transaction, brandId: string, how: 'alone' | 'together'): Promise<void> {
    const lock = how === 'alone' ? 'pg_advisory_xact_lock' : 'pg_advisory_xact_lock_shared';
    await managerOf(tx).query(`select ${lock}(hashtextextended($1, 50))`, [brandId]);
  }

  override async lockKeys(tx: Transaction, brandId: string, keys: readonly IntakeKey[]): Promise<LockedKeys> {
    if (keys.length === 0) return new LockedKeys([]);
    const rows = (await queryPrepared(tx, 'sales.make_keys', MAKE_KEYS, [
      brandId,
      ...columnsOf(keys),
    ])) as readonly KeyRow[];
    // What was made here nobody else sees, let alone locks.
    const known = rows.map(({ kind, source, external_id: externalId }) => ({ kind, source, externalId }));
    if (known.length > 0) await queryPrepared(tx, 'sales.lock_keys', LOCK_KEYS, [brandId, ...columnsOf(known)]);
    return new LockedKeys(known);
  }

  override async eventsOf(
    tx: Transaction,
    brandId: string,
    keys: readonly IntakeKey[],
  ): Promise<readonly IntakeEvent[]> {
    if (keys.length === 0) return [];
    const rows = await managerOf(tx).query<EventRow[]>(
      `select ${EVENT_COLUMNS} from sales.intake_events event
       where brand_id = $1 and (kind, source, external_id) in (select * from unnest($2::text[], $3::text[], $4::text[]))
       order by event_id`,
      [brandId, ...columnsOf(keys)],
    );
    return rows.map(eventOf);
  }

  override async parkedRefundsOf(
    tx: Transaction,
    brandId: string,
    sales: readonly { readonly source: string; readonly externalId: string }[],
  ): Promise<readonly IntakeEvent[]> {
    const rows = await managerOf(tx).query<EventRow[]>(
      `select ${EVENT_COLUMNS} from sales.intake_events event
       where brand_id = $1 and state = 'parked'
         and (source, sale_external_id) in (select * from unnest($2::text[], $3::text[]))
       order by event_id`,
      [brandId, sales.map((sale) => sale.source), sales.map((sale) => sale.externalId)],
    );
    return rows.map(eventOf);
  }

  override async add(tx: Transaction, brandId: string, events: readonly NewIntakeEvent[]): Promise<void> {
    if (events.length === 0) return;
    await queryPrepared(tx, 'sales.add_events', ADD_EVENTS, [brandId, ...eventColumns(events)]);
  }

  override async decide(
    tx: Transaction,
    brandId: string,
    decisions: readonly IntakeDecision[],
    decidedAt: Date,
  ): Promise<void> {
    if (decisions.length === 0) return;
    await managerOf(tx).query(
      `update sales.intake_events event
       set state = decision.state, recorded_id = decision.recorded_id, decided_at = $2,
         reason_code = coalesce(decision.reason_code, event.reason_code),
         reason = coalesce(decision.reason, event.reason), customer = coalesce(event.customer, decision.customer)
       from unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::uuid[], $8::text[])
         as decision (event_id, state, reason_code, reason, recorded_id, customer)
       where event.brand_id = $1 and event.event_id = decision.event_id`,
      [
        brandId,
        decidedAt,
        decisions.map((decision) => decision.eventId),
        decisions.map((decision) => decision.state),
        decisions.map((decision) => decision.reason?.code ?? null),
        decisions.map((decision) => decision.reason?.message ?? null),
        decisions.map((decision) => decision.recordedId),
        decisions.map((decision) => decision.customer ?? null),
      ],
    );
  }
}

function columnsOf(keys: readonly IntakeKey[]): readonly (string | readonly string[])[] {
  return [plainArray(keys.map((key) => key.kind)), keys.map((key) => key.source), keys.map((key) => key.externalId)];
}

function eventOf(row: EventRow): IntakeEvent {
  const hasReason = row.reason_code !== null && row.reason !== null;
  return {
    eventId: row.event_id,
    kind: row.kind,
    source: row.source,
    externalId: row.external_id,
    content: row.content,
    contentSha256: row.sha256,
    state: row.state,
    reason: hasReason ? { code: row.reason_code ?? '', message: row.reason ?? '' } : null,
    recordedId: row.recorded_id,
    saleExternalId: row.sale_external_id,
    mendedContent: row.mended_content,
    customer: row.customer,
  };
}
