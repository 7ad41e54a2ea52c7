import { createHash } from 'node:crypto';
import { decodeCursor, type Page, pageOf, type PageRequest, type Transaction } from '@evenhand/kernel';
import { FieldCipher, managerOf, plainArray, SystemCalls } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import {
  type Delivery,
  type DeliveryDecision,
  DeliveryStore,
  type FailedDelivery,
  type IntakeBacklog,
  type StoredAs,
  type WaitingDelivery,
} from '../../application/webhooks/delivery-store';
import type { SourceFormat } from '../../domain/sales-source';
import { openedOrNull } from './opened-or-null';

interface WaitingRow {
  readonly delivery_id: string;
  readonly source_id: string;
  readonly name: string;
  readonly format: SourceFormat;
  readonly message_id: string;
  readonly topic: string | null;
  readonly sealed_body: string;
  readonly received_at: Date;
  readonly attempts: number;
}

interface FailedRow {
  readonly delivery_id: string;
  readonly brand_id: string;
  readonly source_id: string;
  readonly message_id: string;
  readonly topic: string | null;
  readonly attempts: number;
  readonly reason_code: string;
  readonly reason: string;
  readonly received_at: Date;
}

const STORE =
  'sales.store_delivery($1::uuid, $2::uuid, $3::uuid, $4::text, $5::text, $6::text, $7::bytea, $8::timestamptz)';

@Injectable()
export class TypeormDeliveryStore extends DeliveryStore {
  constructor(
    private readonly calls: SystemCalls,
    private readonly cipher: FieldCipher,
  ) {
    super();
  }

  override async store(delivery: Delivery): Promise<StoredAs> {
    const { brandId, deliveryId, sourceId, messageId, topic, body, receivedAt } = delivery;
    const sealed = this.cipher.seal(body, contextOf(brandId, deliveryId));
    const digest = createHash('sha256').update(body, 'utf8').digest();
    const values = [brandId, deliveryId, sourceId, messageId, topic, sealed, digest, receivedAt];
    return (await this.calls.call('sales.store_delivery', STORE, values)) as StoredAs;
  }

  override async brandsWithDue(tx: Transaction, now: Date, limit: number): Promise<readonly string[]> {
    const rows = await managerOf(tx).query<{ brand_id: string }[]>(
      `select b.brand_id from (select distinct brand_id from sales.sources) b
       cross join lateral (select d.due_at from sales.deliveries d
                           where d.brand_id = b.brand_id and d.state = 'waiting' and d.due_at <= $1
                           order by d.due_at limit 1) due
       order by due.due_at limit $2`,
      [now, limit],
    );
    return rows.map((row) => row.brand_id);
  }

  override async lockDue(
    tx: Transaction,
    brandId: string,
    now: Date,
    limit: number,
  ): Promise<readonly WaitingDelivery[]> {
    const rows = await managerOf(tx).query<WaitingRow[]>(
      `select d.delivery_id, d.source_id, s.name, s.format, d.message_id, d.topic, d.sealed_body, d.received_at, d.attempts
       from sales.deliveries d join sales.sources s on s.brand_id = d.brand_id and s.source_id = d.source_id
       where d.brand_id = $1 and d.state = 'waiting' and d.due_at <= $2
       order by d.due_at, d.delivery_id limit $3 for update of d skip locked`,
      [brandId, now, limit],
    );
    return rows.map((row) => ({
      brandId,
      deliveryId: row.delivery_id,
      sourceId: row.source_id,
      sourceName: row.name,
      format: row.format,
      messageId: row.message_id,
      topic: row.topic,
      body: openedOrNull(this.cipher, row.sealed_body, contextOf(brandId, row.delivery_id)),
      receivedAt: row.received_at,
      attempts: row.attempts,
    }));
  }

  override async decide(
    tx: Transaction,
    brandId: string,
    decisions: readonly DeliveryDecision[],
    decidedAt: Date,
  ): Promise<void> {
    if (decisions.length === 0) return;
    await managerOf(tx).query(
      `update sales.deliveries d
       set state = w.state, attempts = w.attempts, due_at = w.due_at, reason_code = w.code, reason = w.reason,
           decided_at = case when w.state <> 'waiting' then $2::timestamptz end
       from unnest($3::uuid[], $4::text[], $5::integer[], $6::timestamptz[], $7::text[], $8::text[])
              w (delivery_id, state, attempts, due_at, code, reason)
       where d.brand_id = $1 and d.delivery_id = w.delivery_id and d.state = 'waiting'`,
      [
        brandId,
        decidedAt,
        plainArray(decisions.map(({ deliveryId }) => deliveryId)),
        plainArray(decisions.map(({ state }) => state)),
        plainArray(decisions.map(({ attempts }) => attempts)),
        plainArray(decisions.map(({ dueAt }) => dueAt.toISOString())),
        decisions.map(({ reason }) => reason?.code ?? null),
        decisions.map(({ reason }) => reason?.message ?? null),
      ],
    );
  }

  override async idsOf(tx: Transaction, brandId: string, deliveryIds: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await managerOf(tx).query<{ id: string }[]>(
      'select delivery_id as id from sales.deliveries where brand_id = $1 and delivery_id = any ($2::uuid[])',
      [brandId, deliveryIds],
    );
    return new Set(rows.map(({ id }) => id));
  }

  override async retry(tx: Transaction, brandId: string, deliveryIds: readonly string[], now: Date): Promise<number> {
    const [, count] = await managerOf(tx).query<[unknown, number]>(
      `update sales.deliveries set state = 'waiting', attempts = 0, due_at = $3, decided_at = null
       where brand_id = $1 and delivery_id = any ($2::uuid[]) and state = 'failed'`,
      [brandId, deliveryIds, now],
    );
    return count;
  }

  override async failedPage(tx: Transaction, brandId: string, page: PageRequest): Promise<Page<FailedDelivery>> {
    const [after, afterId] = page.after === null ? [null, null] : decodeCursor(page.after, 2);
    const failed = `from sales.deliveries where brand_id = $1 and state = 'failed'`;
    const rows = await managerOf(tx).query<FailedRow[]>(
      `select delivery_id, brand_id, source_id, message_id, topic, attempts, reason_code, reason, received_at ${failed}
         and ($2::timestamptz is null or (received_at, delivery_id) < ($2::timestamptz, $3::uuid))
       order by received_at desc, delivery_id desc limit $4`,
      [brandId, after, afterId, page.first + 1],
    );
    const [count] = await managerOf(tx).query<{ count: number }[]>(`select count(*)::integer as count ${failed}`, [
      brandId,
    ]);
    return pageOf(rows.map(failedOf), page, count?.count ?? 0, ({ receivedAt, deliveryId }) => [
      receivedAt.toISOString(),
      deliveryId,
    ]);
  }

  override async backlog(tx: Transaction): Promise<IntakeBacklog> {
    const [row] = await managerOf(tx).query<{ waiting: number; oldest: Date | null; failed: number }[]>(
      `select (select count(*)::integer from sales.deliveries where state = 'waiting') as waiting,
              (select min(received_at) from sales.deliveries where state = 'waiting') as oldest,
              (select count(*)::integer from sales.deliveries where state = 'failed') as failed`,
    );
    return { waiting: row?.waiting ?? 0, oldestReceivedAt: row?.oldest ?? null, failed: row?.failed ?? 0 };
  }
}

export function contextOf(brandId: string, deliveryId: string): string {
  return `sales.deliveries/${brandId}/${deliveryId}`;
}

function failedOf(row: FailedRow): FailedDelivery {
  return {
    deliveryId: row.delivery_id,
    brandId: row.brand_id,
    sourceId: row.source_id,
    messageId: row.message_id,
    topic: row.topic,
    attempts: row.attempts,
    reason: { code: row.reason_code, message: row.reason },
    receivedAt: row.received_at,
  };
}
