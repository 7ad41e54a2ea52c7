import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Actor } from '@evenhand/kernel';
import type { DealInTest } from '../../../../test/invariants/deal-in-test';
import { dealInTest, saleOf } from '../../../../test/invariants/deal-in-test';
import {
  FINANCE,
  type LedgerUnderTest,
  ledgerUnderTest,
  person,
  SYSTEM,
} from '../../../../test/invariants/ledger-under-test';
import { everyKindOfTransaction, Forger, sealingOf } from '../../../../test/invariants/sealed-books';
import type { Receipt } from '../domain/seal/receipt';
import type { TransactionKind } from '../domain/transaction-draft';
import { GetReceipt } from './get-receipt';

const VERIFIER = resolve(__dirname, '../../../../apps/cli/verify-receipt.mjs');

let ledger: LedgerUnderTest;
let sealing: ReturnType<typeof sealingOf>;
let forger: Forger;
let folder: string;
let deal: DealInTest;

beforeAll(async () => {
  ledger = await ledgerUnderTest();
  sealing = sealingOf(ledger);
  folder = await mkdtemp(join(tmpdir(), 'evenhand-receipts-'));
  deal = await everyKindOfTransaction(ledger);
  await sealing.settleAndSeal();
  for (let seal = 0; seal < 6; seal += 1) {
    await sell(1);
    await sealing.settleAndSeal();
  }
  forger = await Forger.enter(ledger);
});
afterAll(async () => {
  await forger.leave();
  await ledger.close();
  await rm(folder, { recursive: true });
});

const sell = (count: number, of: DealInTest = deal) =>
  ledger.run((tx) =>
    ledger.splitEarnings.execute(
      tx,
      of.brandId,
      Array.from({ length: count }, () => saleOf(of, 100n)),
    ),
  );

async function transactionsOf(kind: TransactionKind): Promise<readonly bigint[]> {
  const rows = await forger.query<{ id: string }>(
    `select transaction_id as id from ledger.transactions where book_id = ${deal.bookId} and kind = '${kind}' order by 1`,
  );
  return rows.map(({ id }) => BigInt(id));
}

const receiptFor = (actor: Actor, transactionId: bigint, head?: number): Promise<Receipt> =>
  sealing.getReceipt.execute({ actor, bookId: deal.bookId, transactionId, head });

const codeFor = (actor: Actor, transactionId: bigint): Promise<string> =>
  receiptFor(actor, transactionId).then(
    () => 'a receipt',
    (error: { code: string }) => error.code,
  );

/** Exit code and words of the verifier that stands alone, in a folder where there is nothing of the product. */
async function verified(receipt: unknown, ...options: readonly string[]): Promise<readonly [number, string]> {
  const file = join(folder, 'receipt.json');
  await writeFile(file, typeof receipt === 'string' ? receipt : JSON.stringify(receipt, null, 2));
  return new Promise((done) => {
    execFile(process.execPath, [VERIFIER, file, ...options], { cwd: folder, env: {} }, (error, stdout) => {
      done([typeof error?.code === 'number' ? error.code : 0, stdout]);
    });
  });
}

describe('a receipt', () => {
  it('of every transaction convinces a verifier that knows nothing of the product', async () => {
    const rows = await forger.query<{ id: string; kind: string }>(
      'select transaction_id as id, kind from ledger.transactions order by 1',
    );
    for (const { id, kind } of rows) {
      const [exitCode, words] = await verified(await receiptFor(SYSTEM, BigInt(id)));
      expect([exitCode, words]).toEqual([
        0,
        expect.stringContaining(`transaction ${id} of book ${deal.bookId} (${kind},`),
      ]);
    }
    expect(rows.length).toBeGreaterThan(20);
  }, 60_000);

  it('says in words and numbers what happened', async () => {
    const [id = 0n] = await transactionsOf('milestone_approved');
    const { content } = await receiptFor(FINANCE, id);
    const parts = content.map(({ part }) => part).join(' ');
    expect(parts).toBe('transaction posting posting posting earning share share share');
    expect(content.filter(({ part }) => part === 'posting').map(({ amountMinor }) => amountMinor)).toEqual([
      '50',
      '200',
      '250',
    ]);
    expect(content[4]).toMatchObject({
      kind: 'cash',
      grossMinor: '500',
      deal: deal.dealId,
      influencer: deal.influencerId,
    });
  });

  it('leads to the head that is asked for, and to no other', async () => {
    const [id = 0n] = await transactionsOf('brand_paid');
    const [third, last] = [await receiptFor(FINANCE, id, 3), await receiptFor(FINANCE, id)];
    expect([third.seals.at(-1)?.seal, last.seals.at(-1)?.seal]).toEqual(['3', '7']);
    expect(await verified(third, '--head', third.head.toUpperCase())).toEqual([0, expect.stringContaining('VALID')]);
    expect(await verified(last, '--head', third.head)).toEqual([
      1,
      'NOT VALID: The seals do not lead to the head you trust.\n',
    ]);
  });

  it('is not valid with anything in it changed', async () => {
    const [id = 0n] = await transactionsOf('sale_recorded');
    const receipt = await receiptFor(FINANCE, id, 4);
    const text = JSON.stringify(receipt);
    // Each value in turn, however deep, with one character of it changed.
    const values = [...text.matchAll(/"(?:[^"\\]|\\.)*"|(?<=[:,[])\d+(?=[,}\]])/g)];
    expect(values.length).toBeGreaterThan(150);
    const outcomes = new Map<number, number>();
    for (const { index, 0: value } of values.filter((_, place) => place % 3 === 0 || place > values.length - 40)) {
      const at = index + Math.floor(value.length / 2);
      const changed = text[at] === '1' ? '2' : '1';
      const [exitCode] = await verified(`${text.slice(0, at)}${changed}${text.slice(at + 1)}`);
      outcomes.set(exitCode, (outcomes.get(exitCode) ?? 0) + 1);
    }
    expect([...outcomes.keys()].filter((exitCode) => exitCode === 0)).toEqual([]);
    const forged = { ...receipt, content: receipt.content.map((part) => ({ ...part, amountMinor: '1' })) };
    expect(await verified(forged)).toEqual([1, 'NOT VALID: The transaction is not the one that was sealed.\n']);
    expect(await verified({ ...receipt, seals: [] })).toEqual([1, 'NOT VALID: The receipt is not whole.\n']);
    expect(await verified('no receipt')).toEqual([2, expect.stringMatching(/^NOT READABLE: /)]);
    expect(await verified('[]')).toEqual([1, expect.stringMatching(/^NOT VALID: /)]);
  }, 60_000);

  it('is not there before the transaction is sealed', async () => {
    const other = await dealInTest(ledger);
    await sell(1, other);
    const [row] = await forger.query<{ id: string }>('select max(transaction_id) as id from ledger.transactions');
    const query = { actor: FINANCE, bookId: other.bookId, transactionId: BigInt(row?.id ?? 0) };
    await expect(sealing.getReceipt.execute(query)).rejects.toMatchObject({ code: 'NOT_SEALED_YET' });
    await sealing.settleAndSeal();
    expect((await sealing.getReceipt.execute(query)).seals).toHaveLength(1);
  });

  it.each([
    [
      'the transaction',
      'update ledger.transactions set reference = reference || reference',
      'content it was sealed with',
    ],
    ['its posting', 'update ledger.postings set amount_minor = amount_minor + 1', 'content it was sealed with'],
    ['its seal', `update ledger.seals set root = sha256('x') where seal_no = 1`, 'seal of this transaction'],
    ['the list of its seal', `update ledger.seals set transaction_ids = '{0}' where seal_no = 1`, 'does not hold'],
    [
      'a seal after it',
      `update ledger.seals set previous_hash = sha256('x'), skipped_hash = previous_hash where seal_no > 1`,
      'chain',
    ],
    ['the chain, of which a seal is gone', 'delete from ledger.seals where seal_no in (2, 4, 6)', 'missing'],
  ])('is not given where somebody changed %s', async (_what, forgery, words) => {
    const [transactionId = 0n] = await transactionsOf('brand_paid');
    const asking = forger.after([forgery], (uow) =>
      new GetReceipt(uow, sealing.seals).execute({ actor: SYSTEM, bookId: deal.bookId, transactionId }),
    );
    await expect(asking).rejects.toMatchObject({ code: 'SEAL_BROKEN', message: expect.stringContaining(words) });
  });
});

describe('who may have a receipt', () => {
  const brand = () => person({ memberships: [{ partyId: deal.brandId, kind: 'brand', role: 'viewer' }] });
  const rival = () =>
    person({ memberships: [{ partyId: '01900000-0000-7000-8000-00000000dead', kind: 'brand', role: 'owner' }] });
  const influencer = () => person({ influencerId: deal.influencerId });
  const agency = () => person({ memberships: [{ partyId: deal.agencyId, kind: 'agency', role: 'owner' }] });

  it('finance and the brand: any of the book; a rival and a stranger: none, as if it were not there', async () => {
    for (const kind of ['brand_funded', 'sale_recorded', 'holds_released', 'payout_sent'] as const) {
      const [id = 0n] = await transactionsOf(kind);
      expect(await codeFor(FINANCE, id)).toBe('a receipt');
      expect(await codeFor(brand(), id)).toBe('a receipt');
      expect(await codeFor(rival(), id)).toBe('NOT_FOUND');
      expect(await codeFor(person(), id)).toBe('NOT_FOUND');
    }
    expect(await codeFor(FINANCE, 999_999n)).toBe('NOT_FOUND');
  });

  it('an influencer: her sales with the whole chain, her refunds, gifts and payouts, not what the brand does', async () => {
    for (const kind of [
      'sale_recorded',
      'milestone_approved',
      'earning_reversed',
      'payout_sent',
      'gift_received',
    ] as const) {
      for (const id of await transactionsOf(kind))
        expect([kind, await codeFor(influencer(), id)]).toEqual([kind, 'a receipt']);
    }
    for (const kind of ['brand_funded', 'deal_funded', 'balance_converted'] as const) {
      for (const id of await transactionsOf(kind))
        expect([kind, await codeFor(influencer(), id)]).toEqual([kind, 'NOT_FOUND']);
    }
  });

  it('an agency: nothing of which it sees its own share alone, all of it where it holds the mandate', async () => {
    const mandated = person({
      memberships: [{ partyId: deal.agencyId, kind: 'agency', role: 'owner' }],
      representations: [{ agencyId: deal.agencyId, influencerId: deal.influencerId, role: 'owner' }],
    });
    for (const id of await transactionsOf('sale_recorded')) {
      expect(await codeFor(agency(), id)).toBe('NOT_FOUND');
      expect(await codeFor(mandated, id)).toBe('a receipt');
    }
  });

  it('nobody of two whose holds were released together', async () => {
    const other = await dealInTest(ledger, { brandId: deal.brandId });
    await sell(2);
    await sell(2, other);
    await ledger.releaseDueHolds.execute({ now: new Date('2026-12-01T00:00:00Z'), limit: 100 });
    await sealing.settleAndSeal();
    const id = (await transactionsOf('holds_released')).at(-1) ?? 0n;
    expect(await codeFor(influencer(), id)).toBe('NOT_FOUND');
    expect(await codeFor(person({ influencerId: other.influencerId }), id)).toBe('NOT_FOUND');
    expect(await codeFor(brand(), id)).toBe('a receipt');
  });
});
