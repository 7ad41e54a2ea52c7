import type { EarningDraft, Reversal } from '@evenhand/ledger';
import * as fc from 'fast-check';
import type { LedgerUnderTest } from '../ledger-under-test';

/** A sale or a refund, as it comes from a shop. */
export type Message =
  { readonly sale: EarningDraft; readonly refund?: never } | { readonly refund: Reversal; readonly sale?: never };

/** How the same messages come: in which order, how many at a time, how often, to how many writers. */
export interface Delivery {
  readonly order: number;
  readonly sizes: readonly number[];
  /** Messages that come again, by place, and after how many others. */
  readonly again: readonly { readonly pick: number; readonly later: number }[];
  readonly writers: 1 | 8;
  /** Holds are released, and what is recorded is settled, after every so many batches. */
  readonly releaseEvery: number;
}

export const deliveries: fc.Arbitrary<Delivery> = fc.record({
  order: fc.nat(),
  sizes: fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 6 }),
  again: fc.array(fc.record({ pick: fc.nat(1000), later: fc.nat(60) }), { maxLength: 12 }),
  writers: fc.constantFrom(1 as const, 8 as const),
  releaseEvery: fc.integer({ min: 2, max: 9 }),
});

export const RELEASED = new Date('2027-01-01T00:00:00Z');

/**
 * Brings every message to the ledger, refunds that came before their sale once more in the end, and releases all holds.
 * Whatever else the ledger refuses is an error of the test.
 */
export async function deliver(
  ledger: LedgerUnderTest,
  brandId: string,
  messages: readonly Message[],
  delivery: Delivery,
): Promise<void> {
  let queue = batchesOf(arranged(messages, delivery), delivery.sizes);
  while (queue.length > 0) {
    const waiting: Message[] = [];
    const batches = queue.entries();
    const write = async (): Promise<void> => {
      for (const [place, batch] of batches) {
        waiting.push(...(await bring(ledger, brandId, batch)));
        if (place % delivery.releaseEvery === 0) await release(ledger);
        if (place % delivery.releaseEvery === 1) await ledger.settleRecords.execute();
      }
    };
    await Promise.all(Array.from({ length: delivery.writers }, write));
    queue = batchesOf(waiting, delivery.sizes);
  }
  await release(ledger);
}

async function release(ledger: LedgerUnderTest): Promise<void> {
  await ledger.releaseDueHolds.execute({ now: RELEASED, limit: 100_000 });
}

/** Refunds whose sale is not there yet come back. */
async function bring(ledger: LedgerUnderTest, brandId: string, batch: readonly Message[]): Promise<readonly Message[]> {
  const sales = batch.flatMap(({ sale }) => sale ?? []);
  const refunds = batch.flatMap(({ refund }) => refund ?? []);
  const split = await ledger.run((tx) => ledger.splitEarningsByItem.execute(tx, brandId, sales));
  for (const outcome of split) if (outcome.status === 'refused') throw outcome.error;
  const reversed = await ledger.run((tx) => ledger.reverseEarningsByItem.execute(tx, brandId, refunds));
  return reversed.flatMap((outcome, place): readonly Message[] => {
    const refund = refunds[place];
    if (outcome.status !== 'refused' || !refund) return [];
    if (outcome.error.code === 'EARNING_NOT_FOUND') return [{ refund }];
    throw outcome.error;
  });
}

function arranged(messages: readonly Message[], { order, again }: Delivery): readonly Message[] {
  const random = randomOf(order);
  const shuffled = messages
    .map((message) => ({ message, rank: random() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ message }) => message);
  for (const { pick, later } of again) {
    const place = pick % Math.max(1, shuffled.length);
    const message = shuffled[place];
    if (message) shuffled.splice(place + later, 0, message);
  }
  return shuffled;
}

function batchesOf(messages: readonly Message[], sizes: readonly number[]): readonly (readonly Message[])[] {
  const batches: (readonly Message[])[] = [];
  for (let start = 0; start < messages.length; start += batches.at(-1)?.length ?? 1) {
    batches.push(messages.slice(start, start + (sizes[batches.length % sizes.length] ?? 1)));
  }
  return batches;
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
