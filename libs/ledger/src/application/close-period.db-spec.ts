import type { Actor } from '@evenhand/kernel';
import type { Client } from 'pg';
import { uuidv7 } from 'uuidv7';
import { withCheckedLedger } from '../../../../test/invariants/checked-ledger';
import { dealInTest, type DealInTest, fund, milestoneOf, saleOf } from '../../../../test/invariants/deal-in-test';
import { FINANCE, type LedgerUnderTest, person } from '../../../../test/invariants/ledger-under-test';
import { somebodyWaits } from '../../../../test/support/somebody-waits';
import type { EarningDraft } from '../domain/events/earning-split';

const APPROVER = person({ staffRoles: ['finance_approver'] });
const OCTOBER = { period: '2026-10', timeZone: 'Europe/Paris' };
const END_OF_OCTOBER = new Date('2026-10-31T23:00:00.000Z');
const LAST_OF_OCTOBER = new Date('2026-10-31T22:59:59.999Z');

let ledger: LedgerUnderTest;
let owner: Client;
let deal: DealInTest;

withCheckedLedger((made) => ({ ledger, owner } = made));
beforeEach(async () => {
  ledger.clock.at = new Date('2026-11-03T09:00:00.000Z');
  deal = await dealInTest(ledger);
});

const close = (given: Partial<typeof OCTOBER> = {}, actor: Actor = APPROVER) =>
  ledger.closePeriod.execute({ actor, brandId: deal.brandId, ...OCTOBER, ...given });
const credit = (receivedAt: Date, idempotencyKey: string = uuidv7()) =>
  ledger.recordBankCredit.execute({
    actor: FINANCE,
    brandId: deal.brandId,
    currency: 'EUR',
    amountMinor: 100n,
    bankReference: 'SCT 1',
    receivedAt,
    idempotencyKey,
  });

async function rows<Row>(sql: string): Promise<readonly Row[]> {
  return (await owner.query<object>(sql, [deal.bookId])).rows as Row[];
}

describe('closing a period', () => {
  it('is for finance approvers; a stranger does not learn of the book', async () => {
    const member = person({ memberships: [{ partyId: deal.brandId, kind: 'brand', role: 'owner' }] });
    await expect(close({}, person())).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(close({}, member)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(close({}, FINANCE)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await rows('select from ledger.closed_periods where book_id = $1')).toEqual([]);
  });

  it('waits for its end in its zone', async () => {
    ledger.clock.at = LAST_OF_OCTOBER;
    await expect(close()).rejects.toMatchObject({
      code: 'PERIOD_NOT_OVER',
      details: { ...OCTOBER, endsAt: '2026-10-31T23:00:00.000Z' },
    });
    expect(await close({ timeZone: 'Asia/Tokyo' })).toMatchObject({
      closedBefore: new Date('2026-10-31T15:00:00.000Z'),
    });
    ledger.clock.at = END_OF_OCTOBER;
    expect(await close()).toMatchObject({ ...OCTOBER, closedBefore: END_OF_OCTOBER, closedAt: END_OF_OCTOBER });
  });

  it('happens once; the same again gives the first answer', async () => {
    const first = await close();
    ledger.clock.at = new Date('2026-12-24T00:00:00.000Z');
    expect(await close({}, person({ staffRoles: ['finance_approver'] }))).toEqual(first);
    const told = `select from platform.outbox where type = 'ledger.period_closed' and payload->>'bookId' = $1::text`;
    expect(await rows(told)).toHaveLength(1);
  });

  it('moves forward only, in each book by itself', async () => {
    await close();
    for (const earlier of [{ period: '2026-09' }, { period: '2026-10-31' }, { timeZone: 'Europe/Berlin' }]) {
      await expect(close(earlier)).rejects.toMatchObject({ code: 'PERIOD_ALREADY_CLOSED' });
    }
    await close({ period: '2026-11-02' });
    const closed = await ledger.run((tx) => ledger.periods.closedPeriods(tx, deal.bookId));
    expect(closed.map(({ period }) => period)).toEqual(['2026-11-02', '2026-10']);
    const other = await dealInTest(ledger);
    expect(await ledger.run((tx) => ledger.periods.closedPeriods(tx, other.bookId))).toEqual([]);
  });

  it('is recorded after what was recorded before, also where the clock was set back since', async () => {
    await owner.query("update ledger.clock set announced_at = now() + interval '1 hour'");
    await credit(LAST_OF_OCTOBER);
    await owner.query("update ledger.clock set announced_at = '-infinity'");
    await close();
    const earlier = `select from ledger.closed_periods c join ledger.transactions t on t.book_id = c.book_id
                     where c.book_id = $1 and t.recorded_at < c.recorded_at`;
    expect(await rows(earlier)).toHaveLength(1);
  });

  it('cannot be undone in the database, and not be done past the use case', async () => {
    await close();
    const refused = 'EV009';
    for (const sql of [
      'update ledger.books set closed_before = null where book_id = $1',
      `update ledger.books set closed_before = closed_before - interval '1 second' where book_id = $1`,
      'delete from ledger.closed_periods where book_id = $1',
      'update ledger.closed_periods set closed_before = now() where book_id = $1',
    ]) {
      await expect(rows(sql)).rejects.toMatchObject({ code: refused });
    }
    const row = `insert into ledger.closed_periods values (${deal.bookId}, now(), '2026-12', 'UTC', null, now(), now())`;
    await expect(ledger.dataSource.query(row)).rejects.toMatchObject({ driverError: { code: '42501' } });
    await expect(
      owner.query(row.replace('now(), now())', "now() - interval '1 second', now())")),
    ).rejects.toMatchObject({
      constraint: 'closed_periods_over',
    });
    const closing = `select ledger.close_period(${deal.bookId}, now(), '2026-11', 'UTC', null, now())`;
    await expect(ledger.dataSource.query(closing)).rejects.toMatchObject({ driverError: { code: '42501' } });
  });
});

describe('a closed period', () => {
  it('is seen by the brand and by those who oversee all books', async () => {
    await close();
    const seenBy = async (actor: Actor): Promise<number> =>
      (await ledger.run((tx) => ledger.periods.closedPeriods(tx, deal.bookId), actor)).length;
    const member = (partyId: string) => person({ memberships: [{ partyId, kind: 'brand', role: 'viewer' }] });
    expect(await seenBy(member(deal.brandId))).toBe(1);
    expect(await seenBy(person({ staffRoles: ['operator'] }))).toBe(1);
    expect(await seenBy(member(uuidv7()))).toBe(0);
    expect(await seenBy(person({ influencerId: deal.influencerId }))).toBe(0);
  });

  it('refuses what a person dates into it, to its last millisecond', async () => {
    await close();
    await expect(credit(LAST_OF_OCTOBER)).rejects.toMatchObject({ code: 'PERIOD_CLOSED' });
    await expect(credit(END_OF_OCTOBER)).resolves.toMatchObject({ brandBalanceMinor: 100n });
  });

  it('tells again what was recorded before it closed', async () => {
    const key = uuidv7();
    const first = await credit(LAST_OF_OCTOBER, key);
    await close();
    expect(await credit(LAST_OF_OCTOBER, key)).toEqual(first);
  });

  it('takes a sale and a refund told late at the first open instant, and again as the same', async () => {
    await close();
    const sale = saleOf(deal, 100n);
    const refund = {
      idempotencyKey: uuidv7(),
      source: sale.source,
      refundId: uuidv7(),
      refundedBaseMinor: 500n,
      occurredAt: new Date('2026-10-20T00:00:00.000Z'),
    };
    const tell = () => ledger.run((tx) => ledger.splitEarnings.execute(tx, deal.brandId, [sale]));
    const giveBack = () => ledger.run((tx) => ledger.reverseEarnings.execute(tx, deal.brandId, [refund]));
    expect((await tell())[0]?.status).toBe('recorded');
    expect((await giveBack())[0]).toMatchObject({ status: 'recorded', grossMinor: 50n });
    ledger.clock.at = new Date('2026-12-02T00:00:00.000Z');
    await close({ period: '2026-11' });
    expect((await tell())[0]?.status).toBe('duplicate');
    expect((await giveBack())[0]?.status).toBe('duplicate');
    expect(
      await rows('select kind, effective_at from ledger.transactions where book_id = $1 order by transaction_id'),
    ).toEqual([
      { kind: 'sale_recorded', effective_at: END_OF_OCTOBER },
      { kind: 'earning_reversed', effective_at: END_OF_OCTOBER },
    ]);
    expect(await rows('select earned_at from ledger.earnings where book_id = $1')).toEqual([
      { earned_at: END_OF_OCTOBER },
    ]);
  });
});

describe('a closed period, told of one by one', () => {
  const told = async (sourceId: string): Promise<Date | undefined> =>
    (
      await owner.query<{ effective_at: Date }>(
        `select t.effective_at from ledger.earnings e
         join ledger.transactions t on t.book_id = e.book_id and t.transaction_id = e.earning_id
         where e.book_id = $1 and e.source_id = $2 and e.earned_at = t.effective_at`,
        [deal.bookId, sourceId],
      )
    ).rows[0]?.effective_at;

  it.each<[string, (source: EarningDraft['source']) => EarningDraft]>([
    ['a sale', (source) => saleOf(deal, 100n, { source })],
    ['a bonus', (source) => saleOf(deal, 100n, { source: { ...source, type: 'bonus' }, kind: 'bonus' })],
    ['a milestone', (source) => milestoneOf(deal, 100n, { source: { ...source, type: 'deliverable' } })],
  ])('takes %s at the first open instant, the first of its kind and those after it', async (_what, make) => {
    await fund(ledger, deal, 300n, 'cash');
    await close();
    for (const id of [uuidv7(), uuidv7(), uuidv7()]) {
      const earning = make({ type: 'sale', id });
      await ledger.run((tx) => ledger.splitEarnings.execute(tx, deal.brandId, [earning]));
      expect(await told(id)).toEqual(END_OF_OCTOBER);
    }
  });
});

describe('closing while others post', () => {
  const inPeriod = async (): Promise<number> => {
    const sql =
      'select from ledger.transactions where book_id = $1 and effective_at < (select closed_before from ledger.books where book_id = $1)';
    return (await rows(sql)).length;
  };

  it('waits for what has begun: it is in the period before that closes', async () => {
    let closing: Promise<unknown> = Promise.resolve();
    await ledger.run(async (tx) => {
      await ledger.splitEarnings.execute(tx, deal.brandId, [saleOf(deal, 100n)]);
      closing = close();
      await somebodyWaits(owner);
      expect(await rows('select from ledger.closed_periods where book_id = $1')).toEqual([]);
    });
    await closing;
    expect(await inPeriod()).toBe(1);
  });

  it('lets what begins afterwards wait, and refuses it or lets it take effect later', async () => {
    let posted: Promise<PromiseSettledResult<unknown>[]> = Promise.resolve([]);
    const closedAt = ledger.clock.now();
    await ledger.run(async (tx) => {
      const period = { ...OCTOBER, bookId: deal.bookId, closedBefore: END_OF_OCTOBER, closedBy: null, closedAt };
      await ledger.periods.close(tx, period);
      const sale = ledger.run((other) => ledger.splitEarnings.execute(other, deal.brandId, [saleOf(deal, 100n)]));
      posted = Promise.allSettled([credit(LAST_OF_OCTOBER), sale]);
      await somebodyWaits(owner);
      expect(await rows('select from ledger.transactions where book_id = $1')).toEqual([]);
    });
    expect(await posted).toMatchObject([
      { status: 'rejected', reason: { code: 'PERIOD_CLOSED' } },
      { status: 'fulfilled', value: [{ status: 'recorded' }] },
    ]);
    expect(await inPeriod()).toBe(0);
  });

  it('gets its turn among writers that never rest, and nothing slips in behind it', async () => {
    await fund(ledger, deal, 100n, null);
    const stop = new AbortController();
    const refuseUnlessClosed = (error: { code?: string }): void => {
      if (error.code !== 'PERIOD_CLOSED') throw error;
    };
    const write = async (): Promise<void> => {
      while (!stop.signal.aborted) await credit(LAST_OF_OCTOBER).catch(refuseUnlessClosed);
    };
    const writers = Promise.all(Array.from({ length: 6 }, write));
    await new Promise((resolve) => setTimeout(resolve, 100));
    await close();
    const atClose = await inPeriod();
    await new Promise((resolve) => setTimeout(resolve, 200));
    stop.abort();
    await writers;
    expect(atClose).toBeGreaterThan(0);
    expect(await inPeriod()).toBe(atClose);
  });

  it('and releases and freezes take turns without standing in each other’s way', async () => {
    // After every period that the tests above have closed: their shares are released too.
    ledger.clock.at = new Date('2027-01-01T00:00:00.000Z');
    const sales = Array.from({ length: 60 }, () => saleOf(deal, 100n));
    await ledger.run((tx) => ledger.splitEarnings.execute(tx, deal.brandId, sales));
    const release = () => ledger.releaseDueHolds.execute({ now: ledger.clock.now(), limit: 90 });
    const freeze = (reason: string) =>
      ledger.run(async (tx) => {
        await ledger.freezeShares.execute(tx, { dealId: deal.dealId, reason });
        await ledger.unfreezeShares.execute(tx, { dealId: deal.dealId, reason });
      });
    const released = await Promise.all([release(), freeze('a'), close(), release(), freeze('b'), release()]);
    expect(released).toContainEqual(expect.objectContaining({ closedBefore: END_OF_OCTOBER }));
    expect(await rows('select from ledger.holds where book_id = $1 and released_by is null')).toEqual([]);
  });
});
