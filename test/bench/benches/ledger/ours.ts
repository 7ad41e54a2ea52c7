import { uuidv7 } from 'uuidv7';
import type { LedgerUnderTest } from '../../../invariants/ledger-under-test';
import { shareOut, timed, type Turn } from './contest';
import type { Batch } from './world';

const LATER = new Date('2026-10-03T00:00:00Z');
/** As the worker asks for. */
const RELEASE_LIMIT = 5_000;

/** The product's use cases, each call in a transaction of its own, with everything the product does around it. */
export class Ours {
  constructor(readonly ledger: LedgerUnderTest) {}

  async sell({ brandId, drafts }: Batch): Promise<void> {
    await this.ledger.run((tx) => this.ledger.splitEarnings.execute(tx, brandId, drafts));
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

  /** The time of all batches by so many writers, counted in sales. */
  turn(batches: readonly Batch[], writers: number, work: (batch: Batch) => Promise<unknown>): Promise<Turn> {
    return timed(async () => {
      await shareOut(batches, writers, work);
      return batches.reduce((sum, { drafts }) => sum + drafts.length, 0);
    });
  }
}
