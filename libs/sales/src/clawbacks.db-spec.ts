import { randomUUID } from 'node:crypto';
import type { TrackedCommissionDeal } from '@evenhand/deals';
import { systemActor, type Transaction } from '@evenhand/kernel';
import {
  ClosePeriod,
  ConfirmPayouts,
  FreezeShares,
  LedgerQueries,
  RecordBrandPayment,
  ReleaseDueHolds,
  SendPayouts,
  UnfreezeShares,
} from '@evenhand/ledger';
import fc from 'fast-check';
import { NOW, refundEvent, type SalesWorld } from '../../../test/support/sales/sales-world';
import { withSalesWorld } from '../../../test/support/sales/with-sales-world';
import { saleEvent } from '../../../test/support/sales/tracked-deal';
import type { RefundEvent } from './domain/sale-event';

const SYSTEM = systemActor('test');

/** A sale of 100.00 earns 10.00: 1.67 the platform, 3.33 the agency, 5.00 the influencer. */
const SALE_MINOR = 100_00n;

describe('refunds and the money that has moved since the sale', () => {
  let world: SalesWorld;
  let brandId: string;
  let deal: TrackedCommissionDeal;

  withSalesWorld((made) => (world = made));
  beforeEach(async () => {
    brandId = await world.brand();
    deal = world.deal(brandId, 'YUKI');
  });
  const sell = async (externalId = '1001', baseMinor = SALE_MINOR): Promise<string> => {
    const [result] = await world.sales(brandId, saleEvent({ externalId, code: 'YUKI', baseMinor }));
    return result?.sales[0]?.saleId ?? '';
  };
  const refund = async (...events: Partial<RefundEvent>[]) =>
    (await world.refunds(brandId, ...events.map(refundEvent))).map(({ status, reason }) => reason?.code ?? status);
  const release = () => world.get(ReleaseDueHolds).execute({ now: NOW, limit: 1000 });
  const inLedger = <T>(work: (tx: Transaction) => Promise<T>): Promise<T> => world.uow.run(SYSTEM, work);

  /** What the influencer has pending and available, and what the brand owes. */
  async function standing(): Promise<readonly [pending: bigint, available: bigint, owed: bigint]> {
    const balances = await inLedger(async (tx) => {
      const queries = world.get(LedgerQueries);
      return queries.balancesOf(tx, (await queries.bookIdOf(tx, brandId)) ?? 0);
    });
    const of = (kind: string, partyId: string | null): bigint =>
      balances.find((balance) => balance.kind === kind && balance.partyId === partyId)?.balanceMinor ?? 0n;
    const { influencerId } = deal;
    return [of('payee_pending', influencerId), of('payee_available', influencerId), of('brand_receivable', null)];
  }

  async function send(amountMinor: bigint): Promise<string> {
    const ids = { idempotencyKey: randomUUID(), payoutItemId: randomUUID() };
    return inLedger(async (tx) => {
      const bookId = (await world.get(LedgerQueries).bookIdOf(tx, brandId)) ?? 0;
      const transfer = { ...ids, bookId, partyId: deal.influencerId, currency: 'EUR', amountMinor };
      await world.get(SendPayouts).execute(tx, [transfer]);
      await world.get(ConfirmPayouts).execute(tx, [{ ...transfer, idempotencyKey: randomUUID() }]);
      return 'paid';
    }).catch((error: { code: string }) => error.code);
  }

  const brandPays = (amountMinor: bigint) =>
    world.get(RecordBrandPayment).execute({
      actor: SYSTEM,
      brandId,
      currency: 'EUR',
      amountMinor,
      bankReference: 'SCT',
      receivedAt: NOW,
      idempotencyKey: randomUUID(),
    });

  it('before the release, it comes from what is pending, and the rest is released', async () => {
    await sell();
    expect(await refund({ amountMinor: 40_00n })).toEqual(['recorded']);
    expect(await standing()).toEqual([3_00n, 0n, 6_00n]);
    await release();
    expect(await standing()).toEqual([0n, 3_00n, 6_00n]);
  });

  it('after the release, it comes from what is available', async () => {
    await sell();
    await release();
    expect(await refund({ amountMinor: 40_00n })).toEqual(['recorded']);
    expect(await standing()).toEqual([0n, 3_00n, 6_00n]);
  });

  it('after the payout, it leaves less than nothing: nothing is paid until later earnings have made up for it', async () => {
    await sell();
    await release();
    await brandPays(10_00n);
    expect(await send(5_00n)).toBe('paid');
    expect(await refund({ full: true })).toEqual(['recorded']);
    expect(await standing()).toEqual([0n, -5_00n, -10_00n]);
    expect(await send(1n)).toBe('INSUFFICIENT_PAYABLE');

    await sell('1002', 80_00n);
    await release();
    expect(await standing()).toEqual([0n, -1_00n, -2_00n]);
    expect(await send(1n)).toBe('INSUFFICIENT_PAYABLE');

    await sell('1003', 60_00n);
    await release();
    await brandPays(4_00n);
    expect(await standing()).toEqual([0n, 2_00n, 0n]);
    expect(await send(2_01n)).toBe('INSUFFICIENT_PAYABLE');
    expect(await send(2_00n)).toBe('paid');
    expect(await standing()).toEqual([0n, 0n, 0n]);
  });

  it('while a dispute freezes the deal, it comes from what is held; the rest is released when the freeze is lifted', async () => {
    const freeze = { dealId: deal.dealId, reason: 'dispute' };
    await sell();
    await inLedger((tx) => world.get(FreezeShares).execute(tx, freeze));
    await sell('1002');
    await release();
    expect(await standing()).toEqual([10_00n, 0n, 20_00n]);
    expect(await refund({ full: true }, { externalId: 'r2', saleExternalId: '1002', amountMinor: 20_00n })).toEqual([
      'recorded',
      'recorded',
    ]);
    await release();
    expect(await standing()).toEqual([4_00n, 0n, 8_00n]);
    await inLedger((tx) => world.get(UnfreezeShares).execute(tx, freeze));
    await release();
    expect(await standing()).toEqual([0n, 4_00n, 8_00n]);
  });

  it('together is never more than the sale, before, between and after release; what was too much stays to be seen', async () => {
    await sell();
    expect(await refund({ externalId: 'r1', amountMinor: 60_00n })).toEqual(['recorded']);
    await release();
    expect(
      await refund(
        { externalId: 'r2', amountMinor: 40_01n },
        { externalId: 'r3', amountMinor: 30_00n },
        { externalId: 'r4', full: true },
        { externalId: 'r5', full: true },
      ),
    ).toEqual(['REFUND_MORE_THAN_SALE', 'recorded', 'recorded', 'REFUND_MORE_THAN_SALE']);
    expect(await standing()).toEqual([0n, 0n, 0n]);
    const problems = { actor: SYSTEM, filter: { brandId }, page: { first: 10, after: null } };
    const { rows } = await world.listIntakeProblems.execute(problems);
    expect(rows.map(({ node }) => [node.externalId, node.state, node.reasonCode])).toEqual([
      ['r5', 'refused', 'REFUND_MORE_THAN_SALE'],
      ['r2', 'refused', 'REFUND_MORE_THAN_SALE'],
    ]);
  });

  it('in any order and any batches take back the same, and in the end all', async () => {
    const amounts = fc.array(fc.bigInt(1n, 40_00n), { minLength: 2, maxLength: 6 });
    const order = fc.infiniteStream(fc.nat(1_000_000));
    let run = 0;
    await fc.assert(
      fc.asyncProperty(amounts, order, fc.integer({ min: 1, max: 6 }), async (parts, keys, batch) => {
        run += 1;
        const baseMinor = parts.reduce((sum, part) => sum + part, 0n) + 1n;
        const named = parts.map((amountMinor, place) => ({ amountMinor, place, key: keys.next().value }));
        const left = [];
        for (const [sale, inOrder] of [
          [`a${run}`, named],
          [`b${run}`, named.toSorted((one, other) => one.key - other.key)],
        ] as const) {
          const saleId = await sell(sale, baseMinor);
          const events = inOrder.map(({ amountMinor, place }) => ({
            externalId: `${sale} ${place}`,
            saleExternalId: sale,
            amountMinor,
          }));
          for (let start = 0; start < events.length; start += batch)
            await refund(...events.slice(start, start + batch));
          left.push(await world.earningOf(saleId));
          await refund({ externalId: `${sale} rest`, saleExternalId: sale, full: true });
          expect(await world.earningOf(saleId)).toEqual({ base: '0', gross: '0', shares: ['0', '0', '0'] });
        }
        const [first, second] = left;
        expect([second?.base, second?.gross]).toEqual([first?.base, first?.gross]);
        // Each share within one unit an event of the exact one, so within two of each other.
        first?.shares.forEach((share, place) => {
          const apart = Number(share) - Number(second?.shares[place]);
          expect(Math.abs(apart)).toBeLessThanOrEqual(2 * parts.length);
        });
      }),
      { numRuns: 15 },
    );
  }, 60_000);
});

describe('refunds that come before their sale', () => {
  let world: SalesWorld;
  let brandId: string;

  withSalesWorld((made) => (world = made));
  beforeEach(async () => {
    brandId = await world.brand();
  });
  const sale = saleEvent({ code: 'YUKI', baseMinor: SALE_MINOR });
  const [first, second] = [
    refundEvent({ externalId: 'r1', amountMinor: 30_00n }),
    refundEvent({ externalId: 'r2', amountMinor: 20_00n }),
  ];
  const recordedRefunds = async (): Promise<readonly string[]> => {
    const page = { first: 10, after: null };
    const { rows } = await world.listRefunds.execute({ actor: SYSTEM, filter: { brandId }, page });
    return rows.map(({ node }) => node.externalId).toSorted();
  };

  it('wait across batches and are applied once, though every batch is worked through twice at the same time', async () => {
    world.deal(brandId, 'YUKI');
    const twice = async <T>(work: () => Promise<readonly { status: T }[]>): Promise<readonly T[]> =>
      (await Promise.all([work(), work()])).flat().map(({ status }) => status);
    expect((await twice(() => world.refunds(brandId, first))).toSorted()).toEqual(['duplicate', 'parked']);
    expect((await twice(() => world.refunds(brandId, second, first))).toSorted()).toEqual([
      'duplicate',
      'duplicate',
      'duplicate',
      'parked',
    ]);
    expect((await twice(() => world.sales(brandId, sale))).toSorted()).toEqual(['duplicate', 'recorded']);
    expect(await recordedRefunds()).toEqual(['r1', 'r2']);
    expect((await twice(() => world.refunds(brandId, first, second))).every((status) => status === 'duplicate')).toBe(
      true,
    );
    const [again] = await world.sales(brandId, sale);
    expect(await world.earningOf(again?.sales[0]?.saleId ?? '')).toMatchObject({ base: '5000', gross: '500' });
  });

  it('and sales are recorded with their own dates, though their period is closed: the books count them from its end', async () => {
    world.deal(brandId, 'YUKI');
    await world.get(ClosePeriod).execute({ actor: SYSTEM, brandId, period: '2026-05', timeZone: 'UTC' });
    expect((await world.refunds(brandId, first))[0]?.status).toBe('parked');
    const [recorded] = await world.sales(brandId, sale);
    expect(recorded?.status).toBe('recorded');
    expect((await world.refunds(brandId, second))[0]?.status).toBe('recorded');
    const dates = await world.rowsFor(
      SYSTEM,
      `select sale.occurred_at, earning.earned_at, sale.release_at from sales.sales sale
       join ledger.earnings earning on earning.source_id = sale.sale_id where sale.brand_id = $1`,
      [brandId],
    );
    const release_at = new Date('2026-05-24T12:00:00Z');
    expect(dates).toEqual([{ occurred_at: sale.occurredAt, earned_at: NOW, release_at }]);
  });

  it('wait on while nobody can say whose sale it is, and are applied when it is recorded after all', async () => {
    await world.refunds(brandId, first);
    expect((await world.sales(brandId, sale))[0]?.status).toBe('unattributed');
    expect((await world.refunds(brandId, second))[0]?.status).toBe('parked');
    world.deal(brandId, 'YUKI');
    const [recorded] = await world.sales(brandId, sale);
    expect(recorded?.status).toBe('recorded');
    expect(await recordedRefunds()).toEqual(['r1', 'r2']);
    expect(await world.earningOf(recorded?.sales[0]?.saleId ?? '')).toMatchObject({ base: '5000', gross: '500' });
  });
});
