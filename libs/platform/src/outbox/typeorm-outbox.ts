import { Outbox, type OutboxEvent, type Transaction } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { queryPrepared } from '../database/typeorm-transaction';

const APPEND = `
  insert into platform.outbox (type, subject_id, payload)
  select type, subject_id, payload
  from unnest($1::text[], $2::text[], $3::json[]) as event (type, subject_id, payload)`;

@Injectable()
export class TypeormOutbox extends Outbox {
  override async append(tx: Transaction, events: readonly OutboxEvent[]): Promise<void> {
    if (events.length === 0) return;
    const payloads = events.map((event) => JSON.stringify(event.payload));
    await queryPrepared(tx, 'platform.append_events', APPEND, [
      events.map((event) => event.type),
      events.map((event) => event.subjectId),
      payloads,
    ]);
  }
}
