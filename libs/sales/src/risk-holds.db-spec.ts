import { systemActor } from '@evenhand/kernel';
import { FreezeShares, UnfreezeShares } from '@evenhand/ledger';
import * as fc from 'fast-check';
import { EntityManager } from 'typeorm';
import {
  agencyOf,
  heldOrders,
  holdsOf,
  influencer,
  releaseAll,
  stateOf,
} from '../../../test/support/sales/risk-scenes';
import { SalesWorld } from '../../../test/support/sales/sales-world';
import { withSalesWorld } from '../../../test/support/sales/with-sales-world';
import { saleEvent } from '../../../test/support/sales/tracked-deal';
import { ordersOverLimit } from './domain/velocity';
import { ChangeRiskRules, ReplayProblems, type RiskTerms } from './index';

const SYSTEM = systemActor('test');
const HOUR_MS = 3_600_000;
const START = Date.parse('2026-05-10T12:00:00Z');

describe('sales held for review', () => {
  let world: SalesWorld;
  let brandId: string;

  withSalesWorld((made) => (world = made));

  beforeEach(async () => {
    brandId = await world.brand();
  });

  const order = (externalId: string, customer: string | null, hours = 0, code = 'YUKI') =>
    saleEvent({ externalId, customer, code, occurredAt: new Date(START + hours * HOUR_MS) });
  const setRules = (change: Partial<RiskTerms>, expectedVersion = 0) => {
    const terms = { customerOrders: 3, customerHours: 24, dealOrdersPerHour: null, ...change };
    return world.get(ChangeRiskRules).execute({ actor: SYSTEM, brandId, terms, expectedVersion });
  };

  describe('for a purchase of one’s own', () => {
    it('are what the influencer buys, however she spells her address, and what her agencies buy', async () => {
      const mika = await influencer(world, 'mika.arai@gmail.com');
      await agencyOf(world, mika, 'aoi@hanabira.example');
      await influencer(world, 'somebody@else.example');
      world.deal(brandId, 'YUKI', { influencerId: mika.partyId });
      await world.sales(
        brandId,
        order('1', 'Mika.Arai@gmail.com'),
        order('2', 'mikaarai+bags@googlemail.com'),
        order('3', ' AOI+shop@hanabira.example '),
        order('4', 'somebody@else.example'),
        order('5', null),
      );
      const reason = 'self_purchase';
      expect(await heldOrders(world, brandId)).toEqual([`1: ${reason}`, `2: ${reason}`, `3: ${reason}`]);
      const [hold] = await holdsOf(world, { brandId, reason });
      expect(hold).toMatchObject({
        state: 'open',
        rulesVersion: 0,
        explanation: 'The customer is the influencer, or works for an agency that acts for her.',
        sale: { review: 'held', status: 'recorded', commissionMinor: 10_00n },
      });
    });

    it('are those on her own deals alone', async () => {
      const mika = await influencer(world, 'mika@other.example');
      world.deal(brandId, 'YUKI');
      await world.sales(brandId, order('1', 'mika@other.example'));
      expect(await heldOrders(world, brandId)).toEqual([]);
      expect(mika.partyId).toBeTruthy();
    });
  });

  describe('for orders that follow each other too fast', () => {
    it('are those of one customer on one deal beyond three in a day, and no others', async () => {
      world.deal(brandId, 'YUKI');
      world.deal(brandId, 'MEI');
      for (const hour of [0, 8, 16]) await world.sales(brandId, order(`ada ${hour}`, 'ada@example.com', hour));
      await world.sales(
        brandId,
        order('ada 23', 'ada@example.com', 23),
        order('bob 23', 'bob@example.com', 23),
        order('mei 23', 'ada@example.com', 23, 'MEI'),
        order('ada 48', 'ada@example.com', 48),
      );
      expect(await heldOrders(world, brandId)).toEqual(['ada 23: customer_velocity']);
      const [hold] = await holdsOf(world, { brandId });
      expect(hold?.explanation).toBe('More than 3 orders of one customer on one deal within 24 hours.');
    });

    it('are the last to happen of those that come together, in whatever order, and the last to come otherwise', async () => {
      world.deal(brandId, 'YUKI');
      const [first, second, third, fourth, fifth] = [0, 1, 2, 3, 4].map((hour) =>
        order(`${hour}`, 'ada@example.com', hour),
      ) as [ReturnType<typeof order>, ...ReturnType<typeof order>[]];
      await world.sales(brandId, ...[fifth, third, first, fourth].flatMap((event) => event ?? []));
      expect(await heldOrders(world, brandId)).toEqual(['4: customer_velocity']);
      if (second) await world.sales(brandId, second);
      expect(await heldOrders(world, brandId)).toEqual(['1: customer_velocity', '4: customer_velocity']);
    });

    it('are as many when they come one by one at the same time', async () => {
      world.deal(brandId, 'YUKI');
      const orders = Array.from({ length: 9 }, (_, hour) => order(`${hour}`, 'ada@example.com', hour));
      await Promise.all(orders.map((one) => world.sales(brandId, one)));
      expect(await heldOrders(world, brandId)).toHaveLength(6);
    });

    it('are those of all customers on one deal where the brand limits it, by the rules as they are then', async () => {
      world.deal(brandId, 'YUKI');
      world.deal(brandId, 'MEI');
      const burst = (name: string, count: number, code = 'YUKI') =>
        Array.from({ length: count }, (_, n) => order(`${name} ${n}`, null, n / 60, code));
      await world.sales(brandId, ...burst('before', 30));
      expect(await heldOrders(world, brandId)).toEqual([]);
      await setRules({ dealOrdersPerHour: 40, customerOrders: 1 });
      await world.sales(brandId, ...burst('after', 12), ...burst('mei', 12, 'MEI'));
      expect(await heldOrders(world, brandId)).toEqual(['after 10: deal_velocity', 'after 11: deal_velocity']);
      const [hold] = await holdsOf(world, { brandId });
      expect(hold).toMatchObject({ rulesVersion: 1, explanation: 'More than 40 orders on one deal within an hour.' });
      await setRules({ dealOrdersPerHour: null, customerOrders: null }, 1);
      await world.sales(
        brandId,
        ...burst('free', 12),
        ...[1, 2, 3, 4].map((n) => order(`ada ${n}`, 'ada@example.com')),
      );
      expect(await heldOrders(world, brandId)).toHaveLength(2);
    });

    it('are those that a plain count finds, in whatever batches they come', async () => {
      const customers = ['ada@example.com', 'bob@example.com'];
      const told = fc.record({ hour: fc.nat(60), who: fc.nat(1) });
      await fc.assert(
        fc.asyncProperty(
          fc.array(told, { minLength: 5, maxLength: 40 }),
          fc.integer({ min: 1, max: 9 }),
          async (all, size) => {
            brandId = await world.brand();
            world.deal(brandId, 'YUKI');
            const expected: string[] = [];
            const known = customers.map((): number[] => []);
            for (let start = 0; start < all.length; start += size) {
              const batch = all.slice(start, start + size);
              const events = batch.map(({ hour, who }, n) => order(`${start + n}`, customers[who] ?? null, hour));
              const sold = await world.sales(brandId, ...events);
              for (const [who, times] of known.entries()) {
                const own = sold.flatMap(({ sales: [sale] }, n) =>
                  sale && batch[n]?.who === who ? [{ sale, at: events[n]?.occurredAt }] : [],
                );
                const timed = own.map(({ sale, at }) => ({ id: sale.saleId, atMs: at?.getTime() ?? 0 }));
                expected.push(...ordersOverLimit(times, timed, 3, 24 * HOUR_MS));
                times.push(...timed.map(({ atMs }) => atMs));
              }
            }
            const held = (await holdsOf(world, { brandId })).map(({ saleId }) => saleId);
            expect(held.sort()).toEqual(expected.sort());
          },
        ),
        { numRuns: 15 },
      );
    });

    it('are found among thousands by a few statements, and without any where there is nothing to compare', async () => {
      world.deal(brandId, 'YUKI');
      const asked = jest.spyOn(EntityManager.prototype, 'query');
      const statementsFor = async (...events: ReturnType<typeof order>[]) => {
        asked.mockClear();
        await world.sales(brandId, ...events);
        return asked.mock.calls.map(([sql]) => sql).filter((sql) => /risk|customers|advisory|email|freeze/.test(sql));
      };
      const batch = (name: string, count: number, customer: (n: number) => string | null) =>
        Array.from({ length: count }, (_, n) => order(`${name} ${n}`, customer(n), n / 60));
      await statementsFor(...batch('first', 1, () => null));
      expect(await statementsFor(...batch('plain', 50, () => null))).toEqual([]);
      const few = await statementsFor(...batch('few', 4, () => 'ada@example.com'));
      const many = await statementsFor(...batch('many', 900, (n) => `customer${n % 100}@example.com`));
      asked.mockRestore();
      expect(many).toEqual(few);
      expect(many.length).toBeGreaterThan(4);
      expect(await holdsOf(world, { brandId, reason: 'customer_velocity' })).toHaveLength(100);
    });
  });

  describe('earn', () => {
    it('nothing that is released, however long it waits, and the other sales of the deal all of theirs', async () => {
      await releaseAll(world);
      const { dealId } = world.deal(brandId, 'YUKI', { commission: { holdDays: 0 } });
      const orders = [0, 1, 2, 3].map((hour) => order(`${hour}`, 'ada@example.com', hour));
      const results = await world.sales(brandId, ...orders);
      const [free = '', held = ''] = [results[0]?.sales[0]?.saleId, results[3]?.sales[0]?.saleId];
      expect(await world.earningOf(held)).toMatchObject({ gross: '1000' });
      expect(await stateOf(world, held)).toBe('held risk');
      const deal = { dealId, reason: 'dispute' };
      await world.uow.run(SYSTEM, (tx) => world.get(FreezeShares).execute(tx, deal));
      expect(await releaseAll(world)).toEqual({ released: 0 });
      await world.uow.run(SYSTEM, (tx) => world.get(UnfreezeShares).execute(tx, deal));
      expect(await releaseAll(world)).toEqual({ released: 3 });
      expect([await stateOf(world, free), await stateOf(world, held)]).toEqual(['released', 'held risk']);
    });
  });

  describe('compare customers', () => {
    it('that come by any way, one order’s repetition being none of its own', async () => {
      world.deal(brandId, 'YUKI');
      const csv = [
        'external_id,code,currency,occurred_at,base_amount,customer_email',
        'f1,YUKI,EUR,2026-05-10T12:00:00Z,100.00,ada@example.com',
        'f2,YUKI,EUR,2026-05-10T13:00:00Z,"1,00",ADA@example.com',
      ].join('\n');
      await world.importFile(brandId, csv);
      await world.sales(brandId, order('1', 'ada@example.com', 1), order('2', 'ada@example.com', 2));
      // The shop may correct or forget the customer: the order is the same.
      const again = await world.sales(brandId, order('2', 'bob@example.com', 2), order('2', null, 2));
      expect(again.map(({ status }) => status)).toEqual(['duplicate', 'duplicate']);
      await world.sales(brandId, order('3', 'Ada@Example.com', 3));
      expect(await heldOrders(world, brandId)).toEqual(['3: customer_velocity']);
    });

    it('that waited in the inbox, although nobody knows them any more', async () => {
      await world.sales(brandId, ...[0, 1, 2, 3].map((hour) => order(`${hour}`, 'ada@example.com', hour)));
      world.deal(brandId, 'YUKI');
      const filter = { brandId };
      const { problems } = await world.get(ReplayProblems).matching({ actor: SYSTEM, filter, after: null });
      expect(problems.map(({ outcome }) => outcome)).toEqual(['recorded', 'recorded', 'recorded', 'recorded']);
      expect(await heldOrders(world, brandId)).toEqual(['3: customer_velocity']);
    });

    it('that were told once of an order, whatever else of it comes later without them', async () => {
      const { partyId: influencerId } = await influencer(world, 'mika@told.example');
      world.deal(brandId, 'YUKI', { influencerId });
      const told = (name: string, code: string) => order(name, 'mika@told.example', 0, code);
      await world.sales(brandId, told('1', 'TYPO'));
      await world.sales(brandId, order('1', null, 0, 'WRONG'));
      await world.sales(brandId, order('1', null), told('2', 'TYPO'), order('2', null));
      // What waits has the customer that came with it, and not the one of what it took the place of.
      await world.sales(brandId, order('3', 'ada@example.com', 0, 'TYPO'), told('3', 'LATER'));
      // Of what waits the customer may be told later.
      await world.sales(brandId, order('4', null, 0, 'LATER'), order('5', null, 0, 'LATER'), told('5', 'LATER'));
      await world.sales(brandId, told('4', 'LATER'), order('4', 'ada@example.com', 0, 'LATER'));
      world.deal(brandId, 'LATER', { influencerId });
      await world.get(ReplayProblems).matching({ actor: SYSTEM, filter: { brandId }, after: null });
      expect(await heldOrders(world, brandId)).toEqual(
        ['1', '2', '3', '4', '5'].map((name) => `${name}: self_purchase`),
      );
      const kept = `select external_id, count(*)::integer as events, count(customer)::integer as told,
        count(distinct customer)::integer as customers from sales.intake_events
        where brand_id = $1 and external_id < '3' group by external_id order by external_id`;
      expect(await world.rowsFor(SYSTEM, kept, [brandId])).toEqual([
        { external_id: '1', events: 3, told: 3, customers: 1 },
        { external_id: '2', events: 2, told: 2, customers: 1 },
      ]);
    });

    it('that were told before the keys were changed; the order is the same with the new keys', async () => {
      const [k1, k2] = ['k1', 'k2'].map((id, place) => `${id}:${Buffer.alloc(32, place + 1).toString('base64')}`);
      const before = await SalesWorld.create({ ENCRYPTION_KEYS: `${k1}` });
      const ownBrand = await before.brand();
      const deal = before.deal(ownBrand, 'YUKI');
      const orders = [0, 1, 2].map((hour) => order(`${hour}`, 'ada@example.com', hour));
      await before.sales(ownBrand, ...orders);
      const after = await before.restarted({ ENCRYPTION_KEYS: `${k2},${k1}` });
      after.deals.add(deal, 'YUKI');
      const again = await after.sales(ownBrand, ...orders, order('3', 'ada@example.com', 3));
      expect(again.map(({ status }) => status)).toEqual(['duplicate', 'duplicate', 'duplicate', 'recorded']);
      expect(await heldOrders(after, ownBrand)).toEqual(['3: customer_velocity']);
      expect(await after.brokenInvariants()).toEqual([]);
      await after.destroy();
      await before.destroy();
    });
  });

  it('stop no sale: what is no address is told, and the sale waits in the inbox', async () => {
    world.deal(brandId, 'YUKI');
    const [result] = await world.sales(brandId, order('1', 'nobody'));
    expect(result).toMatchObject({
      status: 'refused',
      reason: { code: 'INVALID_INPUT', message: 'customerEmail: This is no e-mail address.' },
    });
    expect((await world.sales(brandId, order('1', 'ada@example.com')))[0]?.status).toBe('recorded');
  });

  it.each([
    [{ customerOrders: 0 }, 'customerOrders'],
    [{ customerHours: 169 }, 'customerHours'],
    [{ dealOrdersPerHour: 9 }, 'dealOrdersPerHour'],
    [{ dealOrdersPerHour: 10.5 }, 'dealOrdersPerHour'],
  ])('are held by no rules such as %j', async (change, field) => {
    await expect(setRules(change)).rejects.toMatchObject({ code: 'INVALID_INPUT', details: { field } });
  });

  it('are held by rules that one person changes at a time', async () => {
    const changes = await Promise.allSettled([1, 2].map((customerOrders) => setRules({ customerOrders })));
    expect(changes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(setRules({}, 0)).rejects.toMatchObject({ code: 'RISK_RULES_SUPERSEDED', details: { version: 1 } });
  });
});
