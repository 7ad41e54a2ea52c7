import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { systemActor, type Transaction } from '@evenhand/kernel';
import { SplitEarnings } from '@evenhand/ledger';
import { managerOf } from '@evenhand/platform';
import { Client } from 'pg';
import { saleOf } from '../../../test/invariants/deal-in-test';
import { NOW, SalesWorld } from '../../../test/support/sales/sales-world';
import { somebodyWaits } from '../../../test/support/somebody-waits';
import { DeliveryStore } from './application/webhooks/delivery-store';
import { ListFailedDeliveries, OpenSource, TakeInDeliveries } from './index';

const SYSTEM = systemActor('test');
/** More than are taken at once, and not a whole number of batches. */
const MESSAGES = 2_500;

let world: SalesWorld;
let owner: Client;

beforeAll(async () => {
  world = await SalesWorld.create();
  owner = new Client({ connectionString: world.databaseUrl });
  await owner.connect();
});
afterEach(async () => {
  // Nobody had the time to yet.
  await owner.query('analyze');
  expect(await world.brokenInvariants()).toEqual([]);
});
afterAll(async () => {
  await owner.end();
  await world.destroy();
});

interface Told {
  readonly externalId: string;
  readonly [field: string]: string;
}

/** Messages of a shop, stored as they were received, one in each millisecond. */
async function storedOf(brandId: string, told: readonly Told[]): Promise<void> {
  const opening = { actor: SYSTEM, brandId, name: 'shop', format: 'standard' as const, secret: null };
  const { source } = await world.get(OpenSource).execute(opening);
  const messages = told.entries();
  const storeSome = async (): Promise<void> => {
    for (const [place, data] of messages) {
      const sale = { code: 'YUKI', currency: 'EUR', base: '10.00', occurredAt: '2026-05-10T12:00:00Z', ...data };
      await world.get(DeliveryStore).store({
        brandId,
        deliveryId: randomUUID(),
        sourceId: source.sourceId,
        messageId: `msg_${place}`,
        topic: null,
        body: JSON.stringify({ type: 'sale', data: sale }),
        receivedAt: new Date(NOW.getTime() - MESSAGES + place),
      });
    }
  };
  await Promise.all(Array.from({ length: 8 }, storeSome));
}

const takeIn = (brandId: string) => world.get(TakeInDeliveries).execute({ brandId, limit: 100_000 });
const rows = <Row>(sql: string, brandId: string): Promise<Row[]> =>
  world.uow.run(SYSTEM, (tx) => managerOf(tx).query<Row[]>(sql, [brandId]));
/** What comes of the work while somebody who holds what it needs first is under way. */
function whileHolding<T>(
  hold: (tx: Transaction) => Promise<unknown>,
  work: () => Promise<T>,
): Promise<{ readonly done: Promise<T> }> {
  return world.uow.run(SYSTEM, async (tx) => {
    await hold(tx);
    const done = work();
    await somebodyWaits(owner);
    // Time enough for the others to overtake whoever waits.
    await pause(500);
    return { done };
  });
}
/** Places of the orders in the order in which they were posted. */
async function postedOf(brandId: string): Promise<readonly number[]> {
  const posted = await rows<{ place: number }>(
    `select substr(s.external_id, 7)::integer as place from sales.sales s
     join ledger.earnings e on e.source_id = s.sale_id where s.brand_id = $1 and s.source = 'shop' order by e.earning_id`,
    brandId,
  );
  return posted.map(({ place }) => place);
}
/** The accounts of the deal are there then, so that no batch has to wait for another one to open them. */
const sellBefore = (brandId: string) =>
  world.sales(brandId, {
    source: 'csv',
    externalId: '1',
    orderNumber: '1',
    code: 'YUKI',
    currency: 'EUR',
    baseMinor: 10_00n,
    occurredAt: new Date('2026-05-10T12:00:00Z'),
  });
const order = (place: number): Told => ({ externalId: `order-${place}` });

describe('a burst of webhooks', () => {
  it('is posted in the order in which it came, though its batches overlap', async () => {
    const brandId = await world.brand();
    world.deal(brandId, 'YUKI');
    await sellBefore(brandId);
    await storedOf(
      brandId,
      Array.from({ length: MESSAGES }, (_, place) => order(place)),
    );
    // The first batch has to wait for somebody, none of the others has.
    const hold = (tx: Transaction) =>
      managerOf(tx).query(`insert into sales.intake_keys values ($1, 'sale', 'shop', 'order-0')`, [brandId]);
    const { done } = await whileHolding(hold, () => takeIn(brandId));
    expect(await done).toEqual({ decided: MESSAGES });
    expect(await postedOf(brandId)).toEqual(Array.from({ length: MESSAGES }, (_, place) => place));
  });

  it('is posted in that order also where a batch waits that has the names of its orders', async () => {
    const brandId = await world.brand();
    world.deal(brandId, 'YUKI');
    const { dealId, campaignId, influencerId, currency, plans } = world.deal(brandId, 'AOI');
    await sellBefore(brandId);
    await storedOf(
      brandId,
      Array.from({ length: MESSAGES }, (_, place) => ({ ...order(place), code: place < 1_000 ? 'AOI' : 'YUKI' })),
    );
    const deal = { brandId, bookId: 0, agencyId: '', dealId, campaignId, influencerId, currency };
    const first = saleOf({ ...deal, plan: plans.note_commission }, 100n);
    // It opens the accounts of the deal of the first batch.
    const hold = (tx: Transaction) => world.get(SplitEarnings).execute(tx, brandId, [first]);
    const { done } = await whileHolding(hold, () => takeIn(brandId));
    expect(await done).toEqual({ decided: MESSAGES });
    expect(await postedOf(brandId)).toEqual(Array.from({ length: MESSAGES }, (_, place) => place));
  });

  it('reaches the tiers of a deal in the order in which it came', async () => {
    const brandId = await world.brand();
    const tiers = Array.from({ length: 4 }, (_, step) => ({
      fromNetSalesMinor: BigInt(step + 1) * 5_000_00n,
      rate: `0.1${step + 1}`,
    }));
    world.deal(brandId, 'YUKI', { commission: { tiers } });
    await storedOf(
      brandId,
      Array.from({ length: MESSAGES }, (_, place) => order(place)),
    );
    expect(await takeIn(brandId)).toEqual({ decided: MESSAGES });
    const commissions = await rows(
      `select commission_minor::integer as minor, min(place)::integer as first, max(place)::integer as last
       from (select commission_minor, substr(external_id, 7)::integer as place from sales.sales where brand_id = $1) sale
       group by 1 order by 2`,
      brandId,
    );
    expect(commissions).toEqual(
      [100, 110, 120, 130, 140].map((minor, tier) => ({ minor, first: tier * 500, last: tier * 500 + 499 })),
    );
  });

  it('has of an order that was told of twice the content that came first', async () => {
    const brandId = await world.brand();
    world.deal(brandId, 'YUKI');
    // At the ends of the batches, where the second one is taken before the first one is committed.
    const edited = [999, 1_999];
    const told = Array.from({ length: MESSAGES }, (_, place) =>
      edited.includes(place - 1) ? { ...order(place - 1), base: '99.00' } : order(place),
    );
    await storedOf(brandId, told);
    expect(await takeIn(brandId)).toEqual({ decided: MESSAGES });
    const [counts] = await rows(
      `select count(*)::integer as sales, count(*) filter (where base_minor = 1000)::integer as first,
              (select count(*)::integer from sales.intake_events where brand_id = $1 and reason_code = 'SALE_CONFLICT') as refused
       from sales.sales where brand_id = $1`,
      brandId,
    );
    expect(counts).toEqual({ sales: MESSAGES - 2, first: MESSAGES - 2, refused: 2 });
  });

  it('is compared with what came before, batch after batch, and waits for nobody who waits for it', async () => {
    const brandId = await world.brand();
    world.deal(brandId, 'YUKI');
    const told = Array.from({ length: MESSAGES }, (_, place) => {
      const customerEmail = `customer-${place % 500}@example.com`;
      const occurredAt = new Date(Date.parse('2026-05-10T12:00:00Z') + place).toISOString();
      return { ...order(place), customerEmail, occurredAt };
    });
    await storedOf(brandId, told);
    await sellBefore(brandId);
    // The first batch takes its time to write down what it posted; the next one has posted long before.
    await owner.query(`
      create function sales.take_time() returns trigger language plpgsql as $$ begin perform pg_sleep(2); return new; end $$;
      create trigger take_time before insert on sales.intake_events for each row
        when (new.external_id = 'order-0') execute function sales.take_time()`);
    expect(await takeIn(brandId)).toEqual({ decided: MESSAGES });
    await owner.query('drop trigger take_time on sales.intake_events; drop function sales.take_time');
    const held = await rows<{ place: number }>(
      `select substr(external_id, 7)::integer as place from sales.sales
       where brand_id = $1 and review = 'held' order by place`,
      brandId,
    );
    const transactions = `select count(distinct xmin::text)::integer as count from sales.sales
                          where brand_id = $1 and source = 'shop'`;
    expect(await rows(transactions, brandId)).toEqual([{ count: 3 }]);
    // Each of five hundred customers has five orders, of which the fourth and the fifth are too many.
    expect(held.map(({ place }) => place)).toEqual(Array.from({ length: 1_000 }, (_, place) => 1_500 + place));
  });

  it('is posted in that order also where the database undoes a batch', async () => {
    const brandId = await world.brand();
    world.deal(brandId, 'YUKI');
    await storedOf(
      brandId,
      Array.from({ length: MESSAGES }, (_, place) => order(place)),
    );
    await owner.query(`
      create sequence sales.tries;
      create function sales.undo() returns trigger language plpgsql security definer as $$ begin
        if nextval('sales.tries') = 1 then raise serialization_failure; end if;
        return new;
      end $$;
      create trigger undo before insert on sales.intake_keys for each row
        when (new.external_id = 'order-500') execute function sales.undo()`);
    expect(await takeIn(brandId)).toEqual({ decided: MESSAGES });
    const tries = await owner.query('select last_value::integer as last from sales.tries');
    await owner.query('drop trigger undo on sales.intake_keys; drop function sales.undo; drop sequence sales.tries');
    expect(tries.rows).toEqual([{ last: 2 }]);
    expect(await postedOf(brandId)).toEqual(Array.from({ length: MESSAGES }, (_, place) => place));
  });

  it('is not cut in by a file, whose sales and refunds lock one after the other', async () => {
    const brandId = await world.brand();
    world.deal(brandId, 'YUKI');
    await storedOf(
      brandId,
      Array.from({ length: 10 }, (_, place) => order(place)),
    );
    const hold = (tx: Transaction) =>
      managerOf(tx).query(`insert into sales.intake_keys values ($1, 'sale', 'shop', 'order-0')`, [brandId]);
    const file = 'external_id,code,currency,occurred_at,base_amount\nfile-1,YUKI,EUR,2026-05-10T12:00:00Z,10.00';
    let imported: Promise<unknown> | undefined;
    let isImported = false;
    const { done } = await whileHolding(hold, () => {
      const taking = takeIn(brandId);
      imported = somebodyWaits(owner)
        .then(() => world.importFile(brandId, file, { source: 'shop' }))
        .then(() => (isImported = true));
      return taking;
    });
    expect(isImported).toBe(false);
    await Promise.all([done, imported]);
    const sold = `select external_id as id from sales.sales s join ledger.earnings e on e.source_id = s.sale_id
                  where s.brand_id = $1 order by e.earning_id desc limit 1`;
    expect(await rows(sold, brandId)).toEqual([{ id: 'file-1' }]);
  });

  it('is recorded whole, but for the message at fault, where a batch fails that others follow', async () => {
    const brandId = await world.brand();
    world.deal(brandId, 'YUKI');
    await storedOf(
      brandId,
      Array.from({ length: 1_200 }, (_, place) => order(place)),
    );
    await owner.query(`
      create function sales.no_such_order() returns trigger language plpgsql as $$ begin raise exception 'no such order'; end $$;
      create trigger no_such_order before insert on sales.intake_events for each row
        when (new.external_id = 'order-500') execute function sales.no_such_order()`);
    await expect(takeIn(brandId)).rejects.toThrow(AggregateError);
    await owner.query('drop trigger no_such_order on sales.intake_events; drop function sales.no_such_order');
    await takeIn(brandId);
    const sold = `select count(*)::integer as sales from sales.sales where brand_id = $1`;
    expect(await rows(sold, brandId)).toEqual([{ sales: 1_199 }]);
    world.clock.at = new Date(NOW.getTime() + 60_000);
    await takeIn(brandId);
    expect(await rows(sold, brandId)).toEqual([{ sales: 1_200 }]);
    const page = { first: 10, after: null };
    expect((await world.get(ListFailedDeliveries).execute({ actor: SYSTEM, brandId, page })).rows).toEqual([]);
  });
});
