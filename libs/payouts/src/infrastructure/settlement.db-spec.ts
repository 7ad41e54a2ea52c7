import { checkInvariants } from '@evenhand/ledger';
import { parse } from 'csv-parse/sync';
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
import { somebodyWaits } from '../../../../test/support/somebody-waits';

const HOUR_MS = 3_600_000;

let payouts: PayoutsUnderTest;

beforeEach(async () => {
  payouts = await payoutsUnderTest();
});
afterEach(async () => {
  expect(await checkInvariants(payouts.owner)).toEqual([]);
  await payouts.close();
});

const detail = (batchId: string) => payouts.getBatch.execute({ actor: payouts.preparer, batchId });
const submit = (batchId: string) => payouts.submit.execute({ actor: payouts.preparer, batchId });
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
    `select coalesce(sum(b.balance_minor), 0) as balance from ledger.accounts a
     join ledger.balances b using (book_id, account_id)
     where a.book_id = $1 and a.kind = $2 and a.party_id is not distinct from $3::uuid`,
    [bookId, kind, partyId],
  );
  return BigInt(rows[0]?.balance ?? 0);
}

/** The brand's cash is changed into another currency, after batches were planned on it. */
async function spendCash({ brandId }: { readonly brandId: string }, amountMinor: bigint): Promise<void> {
  const { fxRates, convertBalance, run } = payouts.ledger;
  const date = '2026-10-01';
  await run((tx) => fxRates.add(tx, 'test', [{ date, currency: 'USD', perEuro: '1.25' }]));
  const request = { kind: 'client_cash', fromCurrency: 'EUR', toCurrency: 'USD', amountMinor, date } as const;
  await convertBalance.execute({ actor: payouts.preparer, brandId, idempotencyKey: 'spend', ...request });
}

describe('approving', () => {
  it('takes two people, whatever roles one has', async () => {
    await payable(payouts);
    const batchId = await draft(payouts, { actor: payouts.both });
    const { contentHash } = await payouts.submit.execute({ actor: payouts.both, batchId });
    await expect(payouts.approve.execute({ actor: payouts.both, batchId, contentHash })).rejects.toMatchObject({
      code: 'PREPARER_CANNOT_APPROVE',
    });
    await expect(payouts.approve.execute({ actor: payouts.preparer, batchId, contentHash })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    await payouts.approve.execute({ actor: payouts.approver, batchId, contentHash });
    expect(await detail(batchId)).toMatchObject({ state: 'approved', approvedBy: payouts.approver.userId });
  });

  it('is refused by the database where maker and checker are one', async () => {
    await payable(payouts);
    const batchId = await draft(payouts);
    await submit(batchId);
    await expect(
      payouts.owner.query(
        `update payouts.batches set state = 'approved', approved_by = prepared_by, approved_at = now(),
           approved_hash = submitted_hash, approval_expires_at = now() where id = $1`,
        [batchId],
      ),
    ).rejects.toMatchObject({ constraint: 'maker_is_not_checker' });
  });

  it('is for what the approver has seen', async () => {
    await payable(payouts);
    const batchId = await draft(payouts);
    await submit(batchId);
    const contentHash = '0'.repeat(64);
    await expect(payouts.approve.execute({ actor: payouts.approver, batchId, contentHash })).rejects.toMatchObject({
      code: 'BATCH_CONTENT_CHANGED',
    });
  });

  it.each([
    ['an amount', 'update payouts.items set amount_minor = amount_minor + 1'],
    ['a line', 'update payouts.lines set amount_minor = amount_minor + 1'],
    ['an item', "update payouts.items set state = 'excluded', state_reason = 'behind the back' where ordinal = 1"],
  ])('is void where %s changed behind it', async (_what, change) => {
    await payable(payouts);
    const batchId = await draft(payouts);
    await approve(payouts, batchId);
    await payouts.owner.query(change);
    await expect(exportBatch(batchId)).rejects.toMatchObject({ code: 'APPROVAL_VOID' });
  });

  it('is void where bank details changed, and can be given again', async () => {
    const deal = await payable(payouts);
    const batchId = await draft(payouts);
    await approve(payouts, batchId);
    payouts.accounts.set(deal.influencerId, 'EUR', { holder: 'Somebody else' });
    await expect(exportBatch(batchId)).rejects.toMatchObject({ code: 'APPROVAL_VOID' });
    expect(await balanceOf(deal.bookId, 'payout_in_transit')).toBe(0n);
    await payouts.reopen.execute({ actor: payouts.preparer, batchId });
    await approve(payouts, batchId);
    expect((await exportBatch(batchId)).text).toContain('Somebody else');
  });

  it('expires', async () => {
    await payable(payouts);
    const batchId = await draft(payouts);
    await approve(payouts, batchId);
    payouts.clock.aheadMs = 72 * HOUR_MS;
    await expect(exportBatch(batchId)).rejects.toMatchObject({ code: 'APPROVAL_EXPIRED' });
    payouts.clock.aheadMs = 71 * HOUR_MS;
    await exportBatch(batchId);
  });

  it('can be refused, which frees the money for the next batch', async () => {
    const { influencerId } = await payable(payouts);
    const batchId = await draft(payouts);
    await submit(batchId);
    await payouts.reject.execute({ actor: payouts.approver, batchId, reason: 'Wrong month' });
    expect(await detail(batchId)).toMatchObject({ state: 'rejected', closeReason: 'Wrong month' });
    expect((await itemOf(payouts, await draft(payouts), influencerId)).amountMinor).toBe(500n);
  });
});

describe('editing', () => {
  it('takes an item out with a reason, while it is a draft, by its preparer', async () => {
    const { influencerId } = await payable(payouts);
    const batchId = await draft(payouts);
    const { itemId } = await itemOf(payouts, batchId, influencerId);
    const exclude = { itemId, reason: 'Asked to wait' };
    const other = await payouts.staff('finance_preparer');
    await expect(payouts.exclude.execute({ actor: other, ...exclude })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await payouts.exclude.execute({ actor: payouts.preparer, ...exclude });
    expect(await itemOf(payouts, batchId, influencerId)).toMatchObject({
      state: 'excluded',
      stateReason: 'Asked to wait',
    });
    expect((await itemOf(payouts, await draft(payouts), influencerId)).amountMinor).toBe(500n);
    await submit(batchId);
    await expect(payouts.exclude.execute({ actor: payouts.preparer, ...exclude })).rejects.toMatchObject({
      code: 'INVALID_TRANSITION',
    });
  });

  it('submits no batch without an item', async () => {
    await expect(submit(await draft(payouts))).rejects.toMatchObject({ code: 'EMPTY_BATCH' });
  });

  it('is hidden from who is not of finance', async () => {
    await payable(payouts);
    const batchId = await draft(payouts);
    const operator = await payouts.staff('operator');
    const stranger = { ...payouts.preparer, staffRoles: [] };
    await expect(payouts.submit.execute({ actor: stranger, batchId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(payouts.approve.execute({ actor: operator, batchId, contentHash: '' })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    expect((await payouts.getBatch.execute({ actor: operator, batchId })).state).toBe('draft');
  });
});

describe('exporting', () => {
  it('sends once and gives the same bytes again, even where an account changed since', async () => {
    const deal = await payable(payouts);
    const batchId = await draft(payouts);
    await approve(payouts, batchId);
    const first = await exportBatch(batchId);
    payouts.accounts.set(deal.influencerId, 'EUR', { holder: 'Somebody else' });
    const again = await exportBatch(batchId);
    expect(again).toEqual({ ...first, isRepeated: true });
    expect(payouts.accounts.opened).toBe(1);
    expect(await balanceOf(deal.bookId, 'payout_in_transit')).toBe(900n);
    expect(await balanceOf(deal.bookId, 'payee_available', deal.influencerId)).toBe(0n);
  });

  it('sends once where two export at the same time', async () => {
    const deal = await payable(payouts);
    const batchId = await draft(payouts);
    await approve(payouts, batchId);
    const files = await Promise.all([exportBatch(batchId), exportBatch(batchId), exportBatch(batchId)]);
    expect(files.filter((file) => !file.isRepeated)).toHaveLength(1);
    expect(new Set(files.map((file) => file.text)).size).toBe(1);
    expect(await balanceOf(deal.bookId, 'payout_in_transit')).toBe(900n);
  });

  it('writes one row per item, with formulas made harmless and an end-to-end id a bank takes', async () => {
    const deal = await payable(payouts);
    payouts.accounts.set(deal.influencerId, 'EUR', { holder: '=cmd|calc!A1' });
    const batchId = await draft(payouts);
    await approve(payouts, batchId);
    const { text, fileName } = await exportBatch(batchId);
    const rows: Record<string, string>[] = parse(text, { columns: true });
    expect(fileName).toMatch(/^evenhand-payout-\d+\.csv$/);
    expect(rows).toHaveLength(2);
    const { endToEndId } = await itemOf(payouts, batchId, deal.influencerId);
    expect(rows.find((row) => row['end_to_end_id'] === endToEndId)).toMatchObject({
      payee: 'Aoi',
      account_holder: "'=cmd|calc!A1",
      iban: 'FR7630006000011234567890189',
      currency: 'EUR',
      amount: '5.00',
    });
    expect(endToEndId).toMatch(/^[A-Z0-9]{1,35}$/);
  });

  it('keeps the file encrypted', async () => {
    await payable(payouts);
    const batchId = await draft(payouts);
    await approve(payouts, batchId);
    await exportBatch(batchId);
    const { rows } = await payouts.owner.query<{ sealed_text: string }>('select sealed_text from payouts.bank_files');
    expect(rows[0]?.sealed_text).toMatch(/^k1\./);
    expect(rows[0]?.sealed_text).not.toContain('FR76');
  });

  it('holds back whoever a refund left with less, and frees what is left for the next batch', async () => {
    const deal = await payable(payouts);
    const other = await payable(payouts);
    const batchId = await draft(payouts);
    await approve(payouts, batchId);
    await refund(payouts, deal, deal.saleId, 1000n);
    await exportBatch(batchId);
    expect(await itemOf(payouts, batchId, deal.influencerId)).toMatchObject({
      state: 'held_back',
      stateReason: 'negative_balance',
    });
    expect(await itemOf(payouts, batchId, other.influencerId)).toMatchObject({ state: 'sent' });
    expect((await itemOf(payouts, await draft(payouts), deal.influencerId)).amountMinor).toBe(450n);
  });

  it('holds back the money of a deal that was disputed since, and pays it when the dispute is decided', async () => {
    const deal = await payable(payouts);
    const other = await payable(payouts);
    const dispute = { dealId: deal.dealId, reason: 'dispute' };
    const batchId = await draft(payouts);
    await approve(payouts, batchId);
    await payouts.ledger.run((tx) => payouts.ledger.freezeShares.execute(tx, dispute));
    await exportBatch(batchId);
    expect(await itemOf(payouts, batchId, deal.influencerId)).toMatchObject({
      state: 'held_back',
      stateReason: 'disputed',
    });
    expect(await itemOf(payouts, batchId, other.influencerId)).toMatchObject({ state: 'sent' });
    expect(await balanceOf(deal.bookId, 'payee_available', deal.influencerId)).toBe(500n);
    await payouts.ledger.run((tx) => payouts.ledger.unfreezeShares.execute(tx, dispute));
    expect((await itemOf(payouts, await draft(payouts), deal.influencerId)).amountMinor).toBe(500n);
  });

  it('waits for a dispute that is being opened', async () => {
    const deal = await payable(payouts);
    const batchId = await draft(payouts);
    await approve(payouts, batchId);
    let exporting: Promise<unknown> | undefined;
    await payouts.ledger.run(async (tx) => {
      await payouts.ledger.freezeShares.execute(tx, { dealId: deal.dealId, reason: 'dispute' });
      exporting = exportBatch(batchId);
      await somebodyWaits(payouts.owner);
    });
    await exporting;
    expect(await balanceOf(deal.bookId, 'payout_in_transit')).toBe(0n);
    expect(await itemOf(payouts, batchId, deal.agencyId)).toMatchObject({ stateReason: 'disputed' });
  });

  it("never sends one brand's cash twice where two approved batches are exported at once", async () => {
    const deal = await payable(payouts);
    const first = await draft(payouts);
    await payable(payouts, { brandId: deal.brandId });
    const second = await draft(payouts);
    await approve(payouts, first);
    await approve(payouts, second);
    // What is left covers either batch, not both.
    await spendCash(deal, 1000n);
    await Promise.all([exportBatch(first), exportBatch(second)]);
    expect(await balanceOf(deal.bookId, 'payout_in_transit')).toBe(900n);
    const items = [...(await itemsOf(payouts, first)), ...(await itemsOf(payouts, second))];
    const held = items.filter(({ state }) => state === 'held_back');
    expect(held.map(({ stateReason }) => stateReason)).toEqual(['waiting_for_brand_money', 'waiting_for_brand_money']);
  });

  it('settles at once where nothing could be sent', async () => {
    const deal = await payable(payouts);
    const batchId = await draft(payouts);
    await approve(payouts, batchId);
    await refund(payouts, deal, deal.saleId, 10_000n);
    await exportBatch(batchId);
    expect((await detail(batchId)).state).toBe('settled');
  });
});

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
