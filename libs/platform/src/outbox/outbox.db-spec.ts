import { Outbox, OutboxHandler, type RecordedEvent, systemActor, type Transaction, UnitOfWork } from '@evenhand/kernel';
import { createTestDatabase, type TestDatabase } from '@evenhand/testing';
import { DiscoveryModule } from '@nestjs/core';
import { Test, type TestingModule } from '@nestjs/testing';
import { tmpdir } from 'node:os';
import { Client } from 'pg';
import type { Settings } from '../config/settings';
import { PlatformModule } from '../platform.module';
import { JobQueue } from '../queues/job-queue';
import { OutboxDispatcher } from './outbox-dispatcher';
import { OutboxReader } from './outbox-reader';
import { RelayOutbox } from './relay-outbox';

const SYSTEM = systemActor('test');
const KEYS = `k1:${Buffer.alloc(32, 7).toString('base64')}`;

class RecordingQueue extends JobQueue {
  readonly eventIds: string[] = [];

  override async enqueueEvents(eventIds: readonly string[]): Promise<void> {
    this.eventIds.push(...eventIds);
  }
}

class FirstHandler extends OutboxHandler {
  readonly name: string = 'first';
  readonly eventType: string = 'test.thing_happened';
  readonly handled: RecordedEvent[] = [];

  override async handle(event: RecordedEvent): Promise<void> {
    this.handled.push(event);
  }
}

class ClumsyHandler extends FirstHandler {
  override readonly name = 'clumsy';
  failuresLeft = 1;

  override async handle(event: RecordedEvent): Promise<void> {
    if (this.failuresLeft > 0) {
      this.failuresLeft -= 1;
      throw new Error('not today');
    }
    await super.handle(event);
  }
}

/** Most of its events do not concern it. */
class PickyHandler extends FirstHandler {
  override readonly name = 'picky';
  override readonly eventType: string = 'test.seldom_matters';

  override async concerning(_tx: Transaction, events: readonly RecordedEvent[]): Promise<readonly RecordedEvent[]> {
    return events.filter(({ payload }) => payload['amountMinor'] !== '12');
  }
}

let database: TestDatabase;
let owner: Client;
let testing: TestingModule;
let queue: RecordingQueue;

beforeEach(async () => {
  database = await createTestDatabase();
  owner = new Client({ connectionString: database.url });
  await owner.connect();
  queue = new RecordingQueue();
  const settings = { databaseUrl: database.url, dataDirectory: tmpdir(), encryptionKeys: KEYS } as Settings;
  testing = await Test.createTestingModule({
    imports: [DiscoveryModule, PlatformModule.withoutQueues({ settings, applicationName: 'test', maxConnections: 4 })],
    providers: [
      OutboxReader,
      OutboxDispatcher,
      RelayOutbox,
      FirstHandler,
      ClumsyHandler,
      PickyHandler,
      { provide: JobQueue, useValue: queue },
    ],
  }).compile();
  await testing.init();
});

afterEach(async () => {
  await owner?.end();
  await testing?.close();
  await database?.drop();
});

function append(type: string, fail = false, amountMinor = '12'): Promise<void> {
  return testing.get(UnitOfWork).run(SYSTEM, async (tx) => {
    await testing.get(Outbox).append(tx, [{ type, subjectId: 'subject', payload: { amountMinor } }]);
    if (fail) throw new Error('broken rule');
  });
}

async function openEvents(): Promise<number> {
  const { rows } = await owner.query<{ open: string }>(
    'select count(*) as open from platform.outbox where completed_at is null',
  );
  return Number(rows[0]?.open);
}

const relay = () => testing.get(RelayOutbox).execute();
const dispatch = (eventId: string) => testing.get(OutboxDispatcher).dispatch(eventId);
const lastQueued = () => queue.eventIds.at(-1) ?? '';

describe('the outbox', () => {
  it('tells nothing of a transaction that failed', async () => {
    await expect(append('test.thing_happened', true)).rejects.toThrow('broken rule');
    expect(await relay()).toBe(0);
  });

  it('brings an event to each of its handlers once, and is then done with it', async () => {
    testing.get(ClumsyHandler).failuresLeft = 0;
    await append('test.thing_happened');
    expect(await relay()).toBe(1);
    await dispatch(lastQueued());
    await dispatch(lastQueued());
    for (const handler of [testing.get(FirstHandler), testing.get(ClumsyHandler)]) {
      expect(handler.handled).toMatchObject([{ type: 'test.thing_happened', payload: { amountMinor: '12' } }]);
    }
    expect(await openEvents()).toBe(0);
  });

  it('goes on after a failure with the handlers that have not had the event', async () => {
    await append('test.thing_happened');
    await relay();
    await expect(dispatch(lastQueued())).rejects.toThrow('not today');
    expect(await openEvents()).toBe(1);
    await dispatch(lastQueued());
    expect(testing.get(FirstHandler).handled).toHaveLength(1);
    expect(testing.get(ClumsyHandler).handled).toHaveLength(1);
    expect(await openEvents()).toBe(0);
  });

  it('relays again what a lost queue never completed, and only that', async () => {
    await append('test.thing_happened');
    await relay();
    expect(await relay()).toBe(0);
    await owner.query("update platform.outbox set relayed_at = now() - interval '10 minutes'");
    expect(await relay()).toBe(1);
    expect(queue.eventIds).toHaveLength(2);
  });

  it('closes an event that nobody listens to, without a job', async () => {
    await append('test.nobody_listens');
    await relay();
    expect(queue.eventIds).toEqual([]);
    expect(await openEvents()).toBe(0);
  });

  it('makes jobs only of events that concern a handler, and closes the others', async () => {
    for (const amount of ['12', '13', '12']) await append('test.seldom_matters', false, amount);
    expect(await relay()).toBe(3);
    expect(queue.eventIds).toHaveLength(1);
    expect(await openEvents()).toBe(1);
    await dispatch(lastQueued());
    expect(testing.get(PickyHandler).handled).toMatchObject([{ payload: { amountMinor: '13' } }]);
  });

  it('lets two relays share the work without doubling it', async () => {
    for (let index = 0; index < 30; index += 1) await append('test.thing_happened');
    await Promise.all([relay(), relay(), relay()]);
    expect(new Set(queue.eventIds).size).toBe(30);
    expect(queue.eventIds).toHaveLength(30);
  });

  it('cannot be read, changed or emptied by anybody but the system', async () => {
    await append('test.thing_happened');
    const asRole = async (sql: string) => {
      await owner.query('begin; set local role evenhand_app');
      try {
        return (await owner.query(sql)).rowCount;
      } finally {
        await owner.query('rollback');
      }
    };
    expect(await asRole('select * from platform.outbox')).toBe(0);
    expect(await asRole('update platform.outbox set relayed_at = now()')).toBe(0);
    await expect(asRole('delete from platform.outbox')).rejects.toThrow(/permission denied/);
    await expect(asRole("update platform.outbox set payload = '{}'")).rejects.toThrow(/permission denied/);
  });
});
