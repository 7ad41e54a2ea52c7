import type { Client } from 'pg';
import { uuidv7 } from 'uuidv7';
import { compileSplitPlan } from '@evenhand/ledger';
import { managerOf } from '@evenhand/platform';
import { somebodyWaits } from '../../../../test/support/somebody-waits';
import { withCheckedLedger } from '../../../../test/invariants/checked-ledger';
import { dealInTest, type DealInTest, saleOf } from '../../../../test/invariants/deal-in-test';
import type { LedgerUnderTest } from '../../../../test/invariants/ledger-under-test';
import {
  type Account,
  brandReceivable,
  payeeAvailable,
  payeePending,
  platformFee,
  platformFeePending,
} from '../domain/account';
import type { EarningDraft } from '../domain/events/earning-split';

let ledger: LedgerUnderTest;
let owner: Client;
let deal: DealInTest;

withCheckedLedger((made) => ({ ledger, owner } = made));
beforeEach(async () => {
  deal = await dealInTest(ledger);
});

const balance = (account: Account): Promise<bigint> =>
  ledger.run((tx) => ledger.queries.balanceOf(tx, deal.bookId, account));
const split = (...drafts: EarningDraft[]) => ledger.run((tx) => ledger.splitEarnings.execute(tx, deal.brandId, drafts));
const refund = (sourceId: string, refundedBaseMinor: bigint, refundId: string = uuidv7()) =>
  ledger.run((tx) =>
    ledger.reverseEarnings.execute(tx, deal.brandId, [
      {
        idempotencyKey: `refund:${refundId}`,
        source: { type: 'sale', id: sourceId },
        refundId,
        refundedBaseMinor,
        occurredAt: new Date('2026-10-02T00:00:00.000Z'),
      },
    ]),
  );
const release = (at = '2026-10-15T10:00:00.000Z') => ledger.releaseDueHolds.execute({ now: new Date(at), limit: 5000 });

describe('holds', () => {
  it('are released at their instant, once', async () => {
    await split(saleOf(deal, 100n));
    expect(await release('2026-10-15T09:59:59.999Z')).toEqual({ released: 0 });
    await Promise.all([release(), release(), release()]);
    expect(await release()).toEqual({ released: 0 });
    expect(await balance(payeeAvailable(deal.influencerId, 'EUR'))).toBe(50n);
    expect(await balance(payeeAvailable(deal.agencyId, 'EUR'))).toBe(40n);
    expect(await balance(platformFee('EUR'))).toBe(10n);
    expect(await balance(platformFeePending('EUR'))).toBe(0n);
  });

  it('of one book are released each at its own instant', async () => {
    await split(saleOf(deal, 100n), saleOf(deal, 100n, { releaseAt: new Date('2026-10-16T10:00:00.000Z') }));
    expect(await release()).toEqual({ released: 1 });
    expect(await balance(payeeAvailable(deal.influencerId, 'EUR'))).toBe(50n);
    expect(await release('2026-10-16T10:00:00.000Z')).toEqual({ released: 1 });
  });

  it('of other books are released where one book fails', async () => {
    await split(saleOf(deal, 100n));
    const other = await dealInTest(ledger);
    await ledger.run((tx) => ledger.splitEarnings.execute(tx, other.brandId, [saleOf(other, 100n)]));
    // By a clock that is ahead of the one that releases.
    const closedBefore = new Date('2026-10-16T00:00:00Z');
    const ended = { closedBefore, period: '2026-10-15', timeZone: 'UTC', closedBy: null, closedAt: closedBefore };
    await ledger.run((tx) => ledger.periods.close(tx, { bookId: deal.bookId, ...ended }));
    await expect(release()).rejects.toMatchObject({ errors: [{ message: 'the period is closed' }] });
    const released = payeeAvailable(other.influencerId, 'EUR');
    expect(await ledger.run((tx) => ledger.queries.balanceOf(tx, other.bookId, released))).toBe(50n);
    expect(await release('2026-10-16T00:00:00Z')).toEqual({ released: 1 });
  });

  it('that are being released are waited for by a freeze', async () => {
    await split(saleOf(deal, 100n));
    let freezing: Promise<unknown> = Promise.resolve();
    await ledger.run(async (tx) => {
      await managerOf(tx).query('select ledger.release_due($1, $2, 10)', [deal.bookId, '2026-10-15T10:00:00.000Z']);
      freezing = ledger.run((other) => ledger.freezeShares.execute(other, { dealId: deal.dealId, reason: 'dispute' }));
      await somebodyWaits(owner);
    });
    await freezing;
    expect(await balance(payeeAvailable(deal.influencerId, 'EUR'))).toBe(50n);
  });

  it('wait for a freeze that is under way, and are frozen then', async () => {
    await split(saleOf(deal, 100n));
    let releasing: Promise<unknown> = Promise.resolve();
    await ledger.run(async (tx) => {
      await ledger.freezeShares.execute(tx, { dealId: deal.dealId, reason: 'dispute' });
      releasing = release();
      await somebodyWaits(owner);
    });
    expect(await releasing).toEqual({ released: 0 });
  });

  it('of thousands of shares are released once while refunds take some back and several workers run', async () => {
    const sales = Array.from({ length: 1200 }, () => saleOf(deal, 100n));
    for (let start = 0; start < sales.length; start += 400) await split(...sales.slice(start, start + 400));
    const refunded = sales.filter((_, place) => place % 12 === 0);
    const refunds = refunded.map(({ source }, place) => refund(source.id, place % 2 === 0 ? 1000n : 500n));
    const [workers] = await Promise.all([Promise.all([release(), release(), release()]), Promise.all(refunds)]);
    const { released } = await release();
    expect(workers.reduce((sum, worker) => sum + worker.released, released)).toBe(sales.length);
    const gross = 1200n * 100n - 50n * 100n - 50n * 50n;
    expect(await balance(payeePending(deal.influencerId, 'EUR'))).toBe(0n);
    expect(await balance(payeeAvailable(deal.influencerId, 'EUR'))).toBe(gross / 2n);
    expect(await balance(brandReceivable('EUR'))).toBe(gross);
  });

  it('release what refunds have left', async () => {
    const [part, whole] = [saleOf(deal, 100n), saleOf(deal, 100n)];
    await split(part, whole);
    await refund(part.source.id, 500n);
    await refund(whole.source.id, 1000n);
    await release();
    expect(await balance(payeeAvailable(deal.influencerId, 'EUR'))).toBe(25n);
    expect(await balance(payeePending(deal.influencerId, 'EUR'))).toBe(0n);
  });

  it('of shares that a refund is looking at wait for the next run', async () => {
    const [refunded, other] = [saleOf(deal, 100n), saleOf(deal, 100n)];
    await split(refunded, other);
    await ledger.run(async (tx) => {
      await ledger.earningStore.lockBySources(tx, deal.bookId, [refunded.source]);
      expect(await release()).toEqual({ released: 1 });
    });
    expect(await release()).toEqual({ released: 1 });
  });

  it('of a frozen deal are never released, also of earnings after the freeze, until every reason is lifted', async () => {
    await split(saleOf(deal, 100n));
    const freeze = (reason: string) =>
      ledger.run((tx) => ledger.freezeShares.execute(tx, { dealId: deal.dealId, reason }));
    const lift = (reason: string) =>
      ledger.run((tx) => ledger.unfreezeShares.execute(tx, { dealId: deal.dealId, reason }));
    await freeze('dispute');
    await freeze('risk');
    await split(saleOf(deal, 100n));
    expect(await release('2036-01-01T00:00:00Z')).toEqual({ released: 0 });
    await lift('dispute');
    expect(await release()).toEqual({ released: 0 });
    // In a closed period too: of frozen shares alone there is nothing to release, so nothing that could fail.
    const closedBefore = new Date('2026-10-16T00:00:00Z');
    const ended = { closedBefore, period: '2026-10-15', timeZone: 'UTC', closedBy: null, closedAt: closedBefore };
    await ledger.run((tx) => ledger.periods.close(tx, { bookId: deal.bookId, ...ended }));
    expect(await release()).toEqual({ released: 0 });
    await lift('risk');
    expect(await release('2026-10-16T00:00:00Z')).toEqual({ released: 2 });
  });

  it('of frozen earnings are never released, others of the deal are, and each freeze is lifted alone', async () => {
    const [first, second, free] = [saleOf(deal, 100n), saleOf(deal, 100n), saleOf(deal, 100n)];
    await split(first, second, free);
    const sources = [first.source, second.source];
    const freeze = (reason: string) =>
      ledger.run((tx) => ledger.freezeEarnings.execute(tx, { brandId: deal.brandId, sources, reason }));
    const lift = (reason: string, ...some: EarningDraft['source'][]) =>
      ledger.run((tx) => ledger.unfreezeEarnings.execute(tx, { brandId: deal.brandId, sources: some, reason }));
    await freeze('risk');
    await freeze('risk');
    await freeze('other');
    expect(await release('2036-01-01T00:00:00Z')).toEqual({ released: 1 });
    await lift('risk', ...sources);
    await lift('risk', ...sources);
    expect(await release('2036-01-01T00:00:00Z')).toEqual({ released: 0 });
    await ledger.run((tx) => ledger.freezeShares.execute(tx, { dealId: deal.dealId, reason: 'dispute' }));
    await lift('other', first.source);
    expect(await release('2036-01-01T00:00:00Z')).toEqual({ released: 0 });
    await ledger.run((tx) => ledger.unfreezeShares.execute(tx, { dealId: deal.dealId, reason: 'dispute' }));
    expect(await release('2036-01-01T00:00:00Z')).toEqual({ released: 1 });
    await lift('other', second.source);
    expect(await release('2036-01-01T00:00:00Z')).toEqual({ released: 1 });
    expect(await balance(payeePending(deal.influencerId, 'EUR'))).toBe(0n);
  });

  it('that are frozen are not even looked for, and are refunded all the same', async () => {
    const frozen = saleOf(deal, 100n);
    await split(frozen);
    const command = { brandId: deal.brandId, sources: [frozen.source], reason: 'risk' };
    await ledger.run((tx) => ledger.freezeEarnings.execute(tx, command));
    const late = new Date('2036-01-01T00:00:00Z');
    const due = await ledger.run((tx) => ledger.holds.booksWithDue(tx, late, 1000));
    expect(due).not.toContain(deal.bookId);
    await refund(frozen.source.id, 1000n);
    expect(await balance(payeePending(deal.influencerId, 'EUR'))).toBe(0n);
  });

  it('that are released cannot be frozen: none of those asked for is', async () => {
    const [released, held] = [saleOf(deal, 100n), saleOf(deal, 100n, { releaseAt: new Date('2026-12-01T00:00:00Z') })];
    await split(released, held);
    await release();
    const command = { brandId: deal.brandId, sources: [held.source, released.source], reason: 'risk' };
    const freezing = ledger.run((tx) => ledger.freezeEarnings.execute(tx, command));
    await expect(freezing).rejects.toMatchObject({ code: 'EARNING_NOT_HELD', details: { count: 1 } });
    expect(await release('2026-12-01T00:00:00Z')).toEqual({ released: 1 });
  });

  it('that are being released are waited for by a freeze of their earning', async () => {
    const sold = saleOf(deal, 100n);
    await split(sold);
    const command = { brandId: deal.brandId, sources: [sold.source], reason: 'risk' };
    let freezing: Promise<unknown> = Promise.resolve();
    await ledger.run(async (tx) => {
      await managerOf(tx).query('select ledger.release_due($1, $2, 10)', [deal.bookId, '2026-10-15T10:00:00.000Z']);
      freezing = ledger.run((other) => ledger.freezeEarnings.execute(other, command)).catch((error: unknown) => error);
      await somebodyWaits(owner);
    });
    expect(await freezing).toMatchObject({ code: 'EARNING_NOT_HELD' });
  });

  it('of more payees than a transaction has room for are released by several', async () => {
    const sales = Array.from({ length: 68 }, () => {
      const influencerId = uuidv7();
      const cuts = Array.from(
        { length: 60 },
        () => ({ partyId: uuidv7(), role: 'agency', of: 'gross', share: '0.01' }) as const,
      );
      return saleOf({ ...deal, influencerId, plan: compileSplitPlan(influencerId, cuts) }, 100n);
    });
    await split(...sales);
    expect(await release()).toEqual({ released: 68 });
    const { rows } = await owner.query<{ payees: string }>(
      `select count(p.posting_id) as payees from ledger.transactions t
       join ledger.postings p on p.book_id = t.book_id and p.posting_id >> 12 = t.transaction_id
       where t.book_id = $1 and t.kind = 'holds_released' group by t.transaction_id order by t.transaction_id`,
      [deal.bookId],
    );
    expect(rows.map(({ payees }) => payees)).toEqual(['3782', '366']);
  });
});
