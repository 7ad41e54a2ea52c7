import { checkInvariants } from '@evenhand/ledger';
import {
  approve,
  bringMoney,
  draft,
  itemOf,
  itemsOf,
  payable,
  refund,
  release,
  sell,
} from '../../../../test/support/payout-scenes';
import { type PayoutsUnderTest, payoutsUnderTest } from '../../../../test/support/payouts-under-test';

let payouts: PayoutsUnderTest;

beforeEach(async () => {
  payouts = await payoutsUnderTest();
});
afterEach(async () => {
  expect(await checkInvariants(payouts.owner)).toEqual([]);
  await payouts.close();
});

const detail = (batchId: string) => payouts.getBatch.execute({ actor: payouts.preparer, batchId });
const exportBatch = (batchId: string) => payouts.export.execute({ actor: payouts.preparer, batchId });

function markPaid(itemId: string, idempotencyKey = `paid ${itemId}`) {
  const paidAt = new Date('2026-11-20T09:00:00.000Z');
  return payouts.markPaid.execute({
    actor: payouts.preparer,
    itemId,
    bankReference: 'SCT 42',
    paidAt,
    idempotencyKey,
  });
}

async function balanceOf(bookId: number, kind: string, partyId: string | null = null): Promise<bigint> {
  const { rows } = await payouts.owner.query<{ balance: string }>(
    `select coalesce(sum(a.balance_minor), 0) as balance from ledger.account_balances a
     where a.book_id = $1 and a.kind = $2 and a.party_id is not distinct from $3::uuid`,
    [bookId, kind, partyId],
  );
  return BigInt(rows[0]?.balance ?? 0);
}

describe('outcomes', () => {
  it('settle the batch with its last item, and the money has left the book', async () => {
    const deal = await payable(payouts);
    const batchId = await draft(payouts);
    await approve(payouts, batchId);
    await exportBatch(batchId);
    const [first, second] = await itemsOf(payouts, batchId);
    await markPaid(first?.itemId ?? '');
    expect((await detail(batchId)).state).toBe('exported');
    await markPaid(second?.itemId ?? '');
    expect(await detail(batchId)).toMatchObject({ state: 'settled', totals: [{ currency: 'EUR', paidMinor: 900n }] });
    expect(await balanceOf(deal.bookId, 'payout_in_transit')).toBe(0n);
    expect(await balanceOf(deal.bookId, 'client_cash')).toBe(100n);
  });

  it('are recorded once per key; another request under it is a conflict, another key too late', async () => {
    const deal = await payable(payouts);
    const batchId = await draft(payouts);
    await approve(payouts, batchId);
    await exportBatch(batchId);
    const { itemId } = await itemOf(payouts, batchId, deal.influencerId);
    const results = await Promise.all([markPaid(itemId, 'k'), markPaid(itemId, 'k'), markPaid(itemId, 'k')]);
    for (const result of results) expect(result).toEqual({ itemId, batchId });
    expect(await balanceOf(deal.bookId, 'payout_in_transit')).toBe(400n);
    const reject = { actor: payouts.preparer, itemId, reason: 'No such account' };
    await expect(payouts.markRejected.execute({ ...reject, idempotencyKey: 'k' })).rejects.toMatchObject({
      code: 'IDEMPOTENCY_CONFLICT',
    });
    await expect(payouts.markRejected.execute({ ...reject, idempotencyKey: 'l' })).rejects.toMatchObject({
      code: 'INVALID_TRANSITION',
    });
  });

  it('give a rejected item back to its payee, to be paid by another item under another id', async () => {
    const deal = await payable(payouts);
    const batchId = await draft(payouts);
    await approve(payouts, batchId);
    await exportBatch(batchId);
    const item = await itemOf(payouts, batchId, deal.influencerId);
    const reject = { actor: payouts.preparer, itemId: item.itemId, reason: 'AC04 closed account', idempotencyKey: 'r' };
    await payouts.markRejected.execute(reject);
    await payouts.markRejected.execute(reject);
    expect(await balanceOf(deal.bookId, 'payee_available', deal.influencerId)).toBe(500n);
    const next = await itemOf(payouts, await draft(payouts), deal.influencerId);
    expect(next.amountMinor).toBe(500n);
    expect(next.endToEndId).not.toBe(item.endToEndId);
  });

  it('leave an unknown item alone: not failed, not sent again, same end-to-end id, paid once', async () => {
    const deal = await payable(payouts);
    const batchId = await draft(payouts);
    await approve(payouts, batchId);
    await exportBatch(batchId);
    const item = await itemOf(payouts, batchId, deal.influencerId);
    const unknown = { actor: payouts.preparer, itemId: item.itemId, reason: 'Time-out', idempotencyKey: 'u' };
    await payouts.markUnknown.execute(unknown);
    expect(await balanceOf(deal.bookId, 'payout_in_transit')).toBe(900n);
    expect((await itemsOf(payouts, await draft(payouts))).map((next) => next.partyId)).toEqual([]);
    expect((await exportBatch(batchId)).text).toContain(item.endToEndId);
    await markPaid(item.itemId);
    expect(await itemOf(payouts, batchId, deal.influencerId)).toMatchObject({
      state: 'paid',
      endToEndId: item.endToEndId,
      bankReference: 'SCT 42',
    });
    expect(await balanceOf(deal.bookId, 'payout_in_transit')).toBe(400n);
  });

  it('net a refund after the payout against the next earnings, leaving old rows alone', async () => {
    const deal = await payable(payouts);
    const batchId = await draft(payouts);
    await approve(payouts, batchId);
    await exportBatch(batchId);
    for (const { itemId } of await itemsOf(payouts, batchId)) await markPaid(itemId);
    const linesBefore = (await payouts.owner.query('select * from payouts.lines order by posting_id')).rows;
    await refund(payouts, deal, deal.saleId, 2000n);
    expect(await itemsOf(payouts, await draft(payouts))).toEqual([]);
    await bringMoney(payouts, deal, 1000n);
    await sell(payouts, deal, 1000n);
    await release(payouts);
    const next = await itemOf(payouts, await draft(payouts), deal.influencerId);
    expect(next).toMatchObject({ amountMinor: 400n, lines: 2 });
    const before = (
      await payouts.owner.query(
        'select * from payouts.lines where item_id in (select id from payouts.items where batch_id = $1) order by posting_id',
        [batchId],
      )
    ).rows;
    expect(before).toEqual(linesBefore);
  });

  it('lead from an item to each posting, earning and sale behind it', async () => {
    const deal = await payable(payouts);
    await refund(payouts, deal, deal.saleId, 1000n);
    const { itemId } = await itemOf(payouts, await draft(payouts), deal.influencerId);
    const page = { first: 1, after: null };
    const first = await payouts.listLines.execute({ actor: payouts.preparer, itemId, page });
    expect(first).toMatchObject({ totalCount: 2, hasNextPage: true, totals: [{ currency: 'EUR', amountMinor: 450n }] });
    const after = first.rows[0]?.cursor ?? null;
    const second = await payouts.listLines.execute({ actor: payouts.preparer, itemId, page: { first: 1, after } });
    const lines = [...first.rows, ...second.rows].map((row) => row.node);
    expect(lines.map((line) => line.amountMinor)).toEqual([500n, -50n]);
    for (const line of lines) expect(line).toMatchObject({ sourceType: 'sale', sourceId: deal.saleId });
  });
});
