import { Client } from 'pg';
import type { Measurement } from '../../../bench';
import { median } from '../../../contest';
import type { BenchServer } from '../../../server';
import type { Stage } from '../stage';
import { spreadBatches, type World } from '../world';

const ROUNDS = 3;
const BATCHES = 16;
const SIZE = 1_000;

interface Writer {
  readonly url: string;
  readonly write: (world: World) => Promise<unknown>;
}

interface Bytes {
  /** With the full images of pages that follow a checkpoint. */
  readonly walAfterCheckpoint: number;
  /** With those pages written once already, as between checkpoints. */
  readonly wal: number;
  readonly disk: number;
}

/** Bytes of journal and of tables that a sale takes, settling and outbox included. */
export async function* bytes(stage: Stage): AsyncGenerator<Measurement> {
  const { server, world, ours } = stage;
  const limit = await stage.limit();
  const product: Writer = {
    url: ours.ledger.url,
    write: async () => {
      await ours.turn(spreadBatches(world, BATCHES, SIZE), 1, (batch) => ours.sell(batch));
      await ours.ledger.settleRecords.execute();
    },
  };
  const byHand: Writer = { url: limit.url, write: () => limit.turn(spreadBatches(world, BATCHES, SIZE), 1) };
  const values: Bytes[] = [];
  const limits: Bytes[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    values.push(await perSale(server, product, world));
    limits.push(await perSale(server, byHand, world));
  }
  const compared = (name: string, what: keyof Bytes): Measurement => {
    const [value, bound] = [values, limits].map((all) => median(all.map((one) => one[what])));
    return { case: name, unit: 'bytes/sale', value: value ?? 0, limit: bound ?? 0, goal: 1.5, better: 'less' };
  };
  yield compared('WAL after a checkpoint, of the limit', 'walAfterCheckpoint');
  yield compared('WAL between checkpoints, of the limit', 'wal');
  yield compared('disk, of the limit', 'disk');
}

async function perSale(server: BenchServer, { url, write }: Writer, world: World): Promise<Bytes> {
  const owner = new Client({ connectionString: url });
  await owner.connect();
  await server.checkpoint();
  const diskBefore = await diskBytes(owner);
  const marks = [await server.walBytes()];
  for (let turn = 0; turn < 2; turn += 1) {
    await write(world);
    marks.push(await server.walBytes());
  }
  const disk = Number((await diskBytes(owner)) - diskBefore);
  await owner.end();
  const [start = 0n, middle = 0n, end = 0n] = marks;
  const sales = BATCHES * SIZE;
  return {
    walAfterCheckpoint: Number(middle - start) / sales,
    wal: Number(end - middle) / sales,
    disk: disk / (2 * sales),
  };
}

async function diskBytes(owner: Client): Promise<bigint> {
  const { rows } = await owner.query<{ bytes: string }>(`
    select sum(pg_total_relation_size(c.oid))::text as bytes from pg_class c
    where c.relkind = 'r' and c.relnamespace in ('ledger'::regnamespace, 'platform'::regnamespace)`);
  return BigInt(rows[0]?.bytes ?? 0);
}
