import type { Transaction } from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import {
  type IntakeDecision,
  type IntakeEvent,
  type IntakeKey,
  type IntakeKind,
  IntakeRepository,
  type IntakeState,
  type NewIntakeEvent,
} from '../application/intake-repository';

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
}

const EVENT_COLUMNS = `event.event_id, event.kind, event.source, event.external_id, event.content,
  encode(event.content_sha256, 'hex') as sha256, event.state, event.reason_code, event.reason, event.recorded_id,
  event.sale_external_id, event.mended_content`;

@Injectable()
export class TypeormIntakeRepository extends IntakeRepository {
  override async lockKeys(tx: Transaction, brandId: string, keys: readonly IntakeKey[]): Promise<void> {
    if (keys.length === 0) return;
    const parameters = [brandId, ...columnsOf(keys)];
    await managerOf(tx).query(
      `insert into sales.intake_keys (brand_id, kind, source, external_id)
       select distinct $1::uuid, kind, source, external_id
       from unnest($2::text[], $3::text[], $4::text[]) as key (kind, source, external_id)
       order by kind, source, external_id
       on conflict do nothing`,
      parameters,
    );
    await managerOf(tx).query(
      `select from sales.intake_keys
       where brand_id = $1 and (kind, source, external_id) in (select * from unnest($2::text[], $3::text[], $4::text[]))
       order by kind, source, external_id
       for no key update`,
      parameters,
    );
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
    const rows = events.map((event) => ({
      event_id: event.eventId,
      kind: event.kind,
      source: event.source,
      external_id: event.externalId,
      content: event.content,
      sha256: event.contentSha256,
      state: event.state,
      reason_code: event.reason?.code ?? null,
      reason: event.reason?.message ?? null,
      recorded_id: event.recordedId,
      sale_external_id: event.saleExternalId,
      received_at: event.receivedAt,
      received_from: event.receivedFrom,
      via: event.via,
      import_id: event.importId,
    }));
    await managerOf(tx).query(
      `insert into sales.intake_events (brand_id, event_id, kind, source, external_id, content, content_sha256, state,
         reason_code, reason, recorded_id, sale_external_id, received_at, received_from, decided_at, via, import_id)
       select $1, event_id, kind, source, external_id, content, decode(sha256, 'hex'), state,
         reason_code, reason, recorded_id, sale_external_id, received_at, received_from, received_at, via, import_id
       from jsonb_to_recordset($2::jsonb) as event (event_id uuid, kind text, source text, external_id text,
         content text, sha256 text, state text, reason_code text, reason text, recorded_id uuid,
         sale_external_id text, received_at timestamptz, received_from uuid, via text, import_id uuid)`,
      [brandId, JSON.stringify(rows)],
    );
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
         reason = coalesce(decision.reason, event.reason)
       from unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::uuid[])
         as decision (event_id, state, reason_code, reason, recorded_id)
       where event.brand_id = $1 and event.event_id = decision.event_id`,
      [
        brandId,
        decidedAt,
        decisions.map((decision) => decision.eventId),
        decisions.map((decision) => decision.state),
        decisions.map((decision) => decision.reason?.code ?? null),
        decisions.map((decision) => decision.reason?.message ?? null),
        decisions.map((decision) => decision.recordedId),
      ],
    );
  }
}

function columnsOf(keys: readonly IntakeKey[]): readonly (readonly string[])[] {
  return [keys.map((key) => key.kind), keys.map((key) => key.source), keys.map((key) => key.externalId)];
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
  };
}
