import { Client } from 'pg';
import { uuidv7 } from 'uuidv7';
import { dealInTest, type DealInTest, milestoneOf, fund, saleOf } from '../../../../test/invariants/deal-in-test';
import { FINANCE, type LedgerUnderTest, ledgerUnderTest, person } from '../../../../test/invariants/ledger-under-test';
import { TypeormRecordedEarnings } from '../infrastructure/typeorm-recorded-earnings';
import { ReplayEarnings } from './replay-earnings';

let ledger: LedgerUnderTest;
let replay: ReplayEarnings;
let owner: Client;
let deal: DealInTest;
let another: DealInTest;

const TENTH = { rate: '0.10', tiers: [], capMinor: null } as const;

beforeAll(async () => {
  ledger = await ledgerUnderTest();
  replay = new ReplayEarnings(ledger.uow, ledger.queries, new TypeormRecordedEarnings());
  owner = new Client({ connectionString: ledger.url });
  await owner.connect();
  [deal, another] = [await dealInTest(ledger), await dealInTest(ledger)];
  await fund(ledger, deal, 1000n, 'cash');
  const sales = Array.from({ length: 2100 }, (_, at) => saleOf(deal, BigInt(at), { commissionTerms: TENTH }));
  await ledger.run((tx) => ledger.splitEarnings.execute(tx, deal.brandId, [...sales, milestoneOf(deal, 999n)]));
  const [sale] = sales.slice(-1);
  if (!sale) throw new Error('There are sales.');
  const refund = { idempotencyKey: 'refund', source: sale.source, refundId: uuidv7(), occurredAt: new Date() };
  await ledger.run((tx) => ledger.reverseEarnings.execute(tx, deal.brandId, [{ ...refund, refundedBaseMinor: 7n }]));
  await ledger.run((tx) =>
    ledger.splitEarnings.execute(tx, another.brandId, [saleOf(another, 101n, { commissionTerms: TENTH })]),
  );
}, 60_000);
afterAll(async () => {
  await owner.end();
  await ledger.close();
});

/** Changes one book behind the triggers' back, for as long as the work takes. */
async function forged<T>(forgery: string, undo: string, work: () => Promise<T>): Promise<T> {
  await owner.query(`set session_replication_role = 'replica'`);
  await owner.query(forgery, [another.bookId]);
  try {
    return await work();
  } finally {
    await owner.query(undo, [another.bookId]);
  }
}

const replayedNow = (brandId?: string) => replay.execute({ actor: FINANCE, ...(brandId !== undefined && { brandId }) });

describe('ReplayEarnings', () => {
  it('gives every earning again, over pages and books, refunds aside', async () => {
    expect(await replayedNow()).toEqual({ replayed: 2102, differences: [] });
    expect(await replayedNow(another.brandId)).toEqual({ replayed: 1, differences: [] });
    expect(await replayedNow(deal.brandId)).toEqual({ replayed: 2101, differences: [] });
  });

  it.each([
    [
      'a share',
      'update ledger.shares set amount_minor = amount_minor + 5 where book_id = $1 and (share_id & 63) = 2',
      'update ledger.shares set amount_minor = amount_minor - 5 where book_id = $1 and (share_id & 63) = 2',
      [/^share 2 is recorded as 4[56] \(2\/5\) for the agency .*, the rule gives 4[01] \(2\/5\)/],
    ],
    [
      'who a share is for',
      `update ledger.shares set role = 'influencer' where book_id = $1 and (share_id & 63) = 2`,
      `update ledger.shares set role = 'agency' where book_id = $1 and (share_id & 63) = 2`,
      [/^share 2 .*for the influencer .*for the agency/],
    ],
    [
      'a gross',
      'update ledger.earnings set gross_minor = 102 where book_id = $1',
      'update ledger.earnings set gross_minor = 101 where book_id = $1',
      [/^a gross of 102 is recorded, the rule gives 101$/],
    ],
    [
      'the version of a rule',
      `update ledger.rules set rule = jsonb_set(rule, '{plan,ruleVersion}', '"none/1"') where book_id = $1`,
      `update ledger.rules set rule = jsonb_set(rule, '{plan,ruleVersion}', '"chain-of-cuts/2"') where book_id = $1`,
      [/^cannot be replayed, UNKNOWN_SPLIT_RULE/],
    ],
    [
      'which rule there is',
      'update ledger.earnings set rule_id = -rule_id where book_id = $1',
      'update ledger.earnings set rule_id = -rule_id where book_id = $1',
      [/^its rule is not stored$/],
    ],
  ])('names the one earning where a forger changed %s', async (_what, forgery, undo, findings) => {
    const { replayed, differences } = await forged(forgery, undo, () => replayedNow());
    expect({ replayed, count: differences.length }).toEqual({ replayed: 2102, count: 1 });
    expect(differences[0]).toMatchObject({ bookId: another.bookId, sourceType: 'sale', currency: 'EUR' });
    expect(differences[0]?.findings).toEqual(findings.map((finding) => expect.stringMatching(finding)));
  });

  it('is for finance and operators, and of books that there are', async () => {
    const stranger = person();
    await expect(replay.execute({ actor: stranger, brandId: deal.brandId })).rejects.toThrow(/replay earnings/);
    await expect(replayedNow(uuidv7())).rejects.toThrow(/Book/);
  });
});
