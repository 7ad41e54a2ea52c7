import { Client } from 'pg';
import { dealInTest, type DealInTest, saleOf } from '../../../../test/invariants/deal-in-test';
import { type LedgerUnderTest, ledgerUnderTest } from '../../../../test/invariants/ledger-under-test';
import { everyKindOfTransaction, sealingOf } from '../../../../test/invariants/sealed-books';
import { SealTransactions } from './seal-transactions';
import { VerifySeals } from './verify-seals';

let ledger: LedgerUnderTest;
let sealing: ReturnType<typeof sealingOf>;
let owner: Client;

beforeAll(async () => {
  ledger = await ledgerUnderTest();
  sealing = sealingOf(ledger);
  owner = new Client({ connectionString: ledger.url });
  await owner.connect();
});
afterEach(async () => expect((await sealing.verifySeals.execute()).findings).toEqual([]));
afterAll(async () => {
  await owner.end();
  await ledger.close();
});

const sell = (deal: DealInTest, count: number) =>
  ledger.run((tx) =>
    ledger.splitEarnings.execute(
      tx,
      deal.brandId,
      Array.from({ length: count }, () => saleOf(deal, 100n)),
    ),
  );

/** How often each transaction is listed, and how many are in none: `{ once: 12 }` where all is as it should be. */
async function timesSealed(): Promise<Readonly<Record<string, number>>> {
  const { rows } = await owner.query<{ times: string; count: number }>(`
    select case count(s.seal_no) when 0 then 'never' when 1 then 'once' else 'more' end as times, count(*)::integer as count
    from ledger.transactions t
    left join ledger.seals s on s.book_id = t.book_id and t.transaction_id = any (s.transaction_ids)
    group by t.book_id, t.transaction_id`);
  const counts: Record<string, number> = {};
  for (const { times } of rows) counts[times] = (counts[times] ?? 0) + 1;
  return counts;
}

describe('sealing', () => {
  it('covers every kind of transaction, those without a posting too, once each', async () => {
    await everyKindOfTransaction(ledger);
    const sealed = await sealing.settleAndSeal();
    expect(sealed).toBeGreaterThan(18);
    expect(await timesSealed()).toEqual({ once: sealed });
    const { rows } = await owner.query('select distinct kind from ledger.transactions');
    // All kinds but the bonus, which is written as a sale is.
    expect(rows).toHaveLength(14);
    expect(await sealing.settleAndSeal()).toBe(0);
  });

  it('waits for what is under way, and then seals it once', async () => {
    const deal = await dealInTest(ledger);
    await sell(deal, 2);
    await sealing.settleAndSeal();
    const before = await timesSealed();
    let finish: () => void = () => undefined;
    const finished = new Promise<void>((done) => (finish = done));
    let posted: () => void = () => undefined;
    const isPosted = new Promise<void>((done) => (posted = done));
    const underWay = ledger.run(async (tx) => {
      await ledger.splitEarnings.execute(tx, deal.brandId, [saleOf(deal, 100n)]);
      posted();
      await finished;
    });
    await isPosted;
    await sell(deal, 3);
    for (let turn = 0; turn < 3; turn += 1) await sealing.settleAndSeal();
    expect((await timesSealed())['never']).toBe(3);
    finish();
    await underWay;
    await sealing.settleAndSeal();
    expect(await timesSealed()).toEqual({ once: (before['once'] ?? 0) + 4 });
  });

  it('makes one chain where several seal at once while others write', async () => {
    const deals = [await dealInTest(ledger), await dealInTest(ledger)] as const;
    for (let round = 0; round < 4; round += 1) {
      await Promise.all([
        ...deals.map((deal) => sell(deal, 20)),
        ledger.settleRecords.execute(),
        ...Array.from({ length: 4 }, () => sealing.sealTransactions.execute({ now: new Date(), limit: 15 })),
      ]);
    }
    await sealing.settleAndSeal();
    expect(Object.keys(await timesSealed())).toEqual(['once']);
    expect((await sealing.verifySeals.execute()).findings).toEqual([]);
  });

  it('never parts the transactions of one instant, and leaves to the next run what is over the limit', async () => {
    const [one, other] = [await dealInTest(ledger), await dealInTest(ledger)];
    for (let batch = 0; batch < 3; batch += 1) await sell(one, 7);
    await sell(other, 7);
    await sealing.settle();
    const runs: number[] = [];
    for (let run = 1; run > 0;) {
      run = (await sealing.sealTransactions.execute({ now: new Date(), limit: 5 })).transactions;
      runs.push(run);
    }
    expect(runs).toEqual([7, 7, 7, 7, 0]);
    expect(Object.keys(await timesSealed())).toEqual(['once']);
    const { rows } = await owner.query(
      'select seal_no, transactions from ledger.seals where book_id = $1 order by seal_no',
      [one.bookId],
    );
    expect(rows).toEqual([1, 2, 3].map((seal_no) => ({ seal_no, transactions: 7 })));
  });

  it('goes on after a run that died in the middle, and nothing of that one is left', async () => {
    const deal = await dealInTest(ledger);
    for (let batch = 0; batch < 3; batch += 1) await sell(deal, 4);
    await sealing.settle();
    const { seals } = sealing;
    const dying = Object.assign(Object.create(seals) as typeof seals, {
      async seal(...args: Parameters<typeof seals.seal>) {
        await seals.seal(...args);
        throw new Error('the worker was killed');
      },
    });
    const run = { now: new Date(), limit: 4 };
    await expect(new SealTransactions(ledger.uow, dying).execute(run)).rejects.toThrow('killed');
    expect((await timesSealed())['never']).toBe(12);
    await sealing.sealTransactions.execute(run);
    await expect(new SealTransactions(ledger.uow, dying).execute(run)).rejects.toThrow('killed');
    await sealing.settleAndSeal();
    expect(Object.keys(await timesSealed())).toEqual(['once']);
  });

  it('is verified with word of how far it is', async () => {
    const deal = await dealInTest(ledger);
    await sell(deal, 3);
    await sealing.settleAndSeal();
    const read = jest.fn();
    const counted = await new VerifySeals(ledger.uow, sealing.seals).execute({ onProgress: read });
    expect(counted.transactions).toBe((await timesSealed())['once']);
    expect(read).toHaveBeenLastCalledWith(counted.transactions);
  });
});

describe("the application's role", () => {
  it('makes seals only through the sealer, and reads neither salts nor lists', async () => {
    const states = await Promise.all(
      [
        'insert into ledger.seals select * from ledger.seals',
        'update ledger.seals set seal_no = seal_no',
        'delete from ledger.seals',
        'select salt from ledger.seals',
        'select leaf_hashes from ledger.seals',
        'select * from ledger.transaction_contents(array[1], array[1::bigint])',
        'select ledger.seal_transactions(now(), 1)',
        'select * from ledger.sealed_transaction(1, 1)',
      ].map((sql) =>
        ledger.dataSource.query(sql).then(
          () => 'allowed',
          (error: { code: string }) => error.code,
        ),
      ),
    );
    expect(states).toEqual(Array.from({ length: 8 }, () => '42501'));
    await expect(owner.query('update ledger.seals set seal_no = seal_no')).rejects.toMatchObject({ code: 'EV009' });
  });
});
