import { uuidv7 } from 'uuidv7';
import type { LedgerUnderTest } from '../../../invariants/ledger-under-test';
import { shareOut, timed, type Turn } from '../../contest';
import type { Batch } from './world';

const LATER = new Date('2026-10-03T00:00:00Z');
/** As the worker asks for. */
const RELEASE_LIMIT = 5_000;
/** As the worker does. */
const SETTLE_EVERY_MS = 2_000;
const LOOK_EVERY_MS = 50;

/** The product's use cases, each call in a transaction of its own, with everything the product does around it. */
export class Ours {
  private workedMs = 0;
  private settledTimes = 0;

  constructor(readonly ledger: LedgerUnderTest) {}

  async sell({ brandId, drafts }: Batch): Promise<void> {
    await this.ledger.run((tx) => this.ledger.splitEarnings.execute(tx, brandId, drafts));
  }

  /** The only sale of the batch in a transaction that has nothing else to write. */
  async sellOne({ brandId, drafts: [draft] }: Batch): Promise<void> {
    if (draft) await this.ledger.splitOneEarning.execute(brandId, draft);
  }

  /** Takes every sale of the batch back whole. */
  async refund({ brandId, drafts }: Batch): Promise<void> {
    const reversals = drafts.map(({ source, baseMinor }) => {
      const refundId = uuidv7();
      const idempotencyKey = `refund:${refundId}`;
      return { idempotencyKey, source, refundId, refundedBaseMinor: baseMinor, occurredAt: LATER };
    });
    await this.ledger.run((tx) => this.ledger.reverseEarnings.execute(tx, brandId, reversals));
  }

  /** Releases all that is due at `now`. */
  async release(now: Date): Promise<void> {
    for (let released = 1; released > 0;) {
      ({ released } = await this.ledger.releaseDueHolds.execute({ now, limit: RELEASE_LIMIT }));
    }
  }

  /**
   * The time of all batches by so many writers, counted in sales, while records are settled as the worker does it, and
   * `afterSettling` done each time.
   */
  turn(
    batches: readonly Batch[],
    writers: number,
    work: (batch: Batch) => Promise<unknown>,
    afterSettling: () => Promise<unknown> = () => Promise.resolve(),
  ): Promise<Turn> {
    return timed(() =>
      this.whileSettling(afterSettling, async () => {
        await shareOut(batches, writers, work);
        return batches.reduce((sum, { drafts }) => sum + drafts.length, 0);
      }),
    );
  }

  /** Settles at the same intervals of work, however the work is cut into turns. */
  private async whileSettling<T>(afterSettling: () => Promise<unknown>, work: () => Promise<T>): Promise<T> {
    let settling: Promise<unknown> = Promise.resolve();
    const startedAt = performance.now();
    const timer = setInterval(() => {
      const workedMs = this.workedMs + performance.now() - startedAt;
      if (workedMs < (this.settledTimes + 1) * SETTLE_EVERY_MS) return;
      this.settledTimes += 1;
      settling = settling.then(() => this.ledger.settleRecords.execute()).then(afterSettling);
    }, LOOK_EVERY_MS);
    try {
      return await work();
    } finally {
      clearInterval(timer);
      await settling;
      this.workedMs += performance.now() - startedAt;
    }
  }
}
