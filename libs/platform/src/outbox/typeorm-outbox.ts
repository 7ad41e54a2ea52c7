import { Outbox, type OutboxEvent, type Transaction } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { managerOf } from '../database/typeorm-transaction';

@Injectable()
export class TypeormOutbox extends Outbox {
  override async append(tx: Transaction, events: readonly OutboxEvent[]): Promise<void> {
    if (events.length === 0) return;
    await managerOf(tx).query(
      `insert into platform.outbox (type, subject_id, payload)
       select type, subject_id, payload
       from unnest($1::text[], $2::text[], $3::json[]) as event (type, subject_id, payload)`,
      [events.map((e) => e.type), events.map((e) => e.subjectId), events.map((e) => JSON.stringify(e.payload))],
    );
  }
}
