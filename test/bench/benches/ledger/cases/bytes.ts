import { Client } from 'pg';
import type { Measurement } from '../../../bench';
import { median } from '../contest';
import type { Stage } from '../stage';
import { type Batch, spreadBatches } from '../world';

const ROUNDS = 3;
const BATCHES = 16;
const SIZE = 1_000;

interface Bytes {
  readonly wal: number;
  readonly disk: number;
}

/** Bytes of journal and of tables a sale takes, each round after a checkpoint. */
export async function* bytes(stage: Stage): AsyncGenerator<Measurement> {
  const limit = await stage.limit();
  const ours: Bytes[] = [];
  const limits: Bytes[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    ours.push(
      await perSale(stage, stage.ours.ledger.url, (batches) =>
        stage.ours.turn(batches, 1, (batch) => stage.ours.sell(batch)),
      ),
    );
    limits.push(await perSale(stage, limit.url, (batches) => limit.turn(batches, 1)));
  }
  const of = (all: readonly Bytes[], what: keyof Bytes): number => median(all.map((one) => one[what]));
  const given = { unit: 'bytes/sale', goal: 1.5, better: 'less' } as const;
  yield { ...given, case: 'WAL written, of the limit', value: of(ours, 'wal'), limit: of(limits, 'wal') };
  yield { ...given, case: 'disk taken, of the limit', value: of(ours, 'disk'), limit: of(limits, 'disk') };
}

async function perSale(stage: Stage, url: string, work: (batches: Batch[]) => Promise<unknown>): Promise<Bytes> {
  const owner = new Client({ connectionString: url });
  await owner.connect();
  const batches = spreadBatches(stage.world, BATCHES, SIZE);
  await stage.server.checkpoint();
  const before = { disk: await diskBytes(owner), wal: await stage.server.walBytes() };
  await work(batches);
  const wal = await stage.server.walBytes();
  const disk = await diskBytes(owner);
  await owner.end();
  const sales = BATCHES * SIZE;
  return { wal: Number(wal - before.wal) / sales, disk: Number(disk - before.disk) / sales };
}

async function diskBytes(owner: Client): Promise<bigint> {
  const { rows } = await owner.query<{ bytes: string }>(`
    select sum(pg_total_relation_size(c.oid))::text as bytes from pg_class c
    where c.relkind = 'r' and c.relnamespace in ('ledger'::regnamespace, 'platform'::regnamespace)`);
  return BigInt(rows[0]?.bytes ?? 0);
}
