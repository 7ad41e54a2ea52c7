import { checkInvariants } from '@evenhand/ledger';
import { parse } from 'csv-parse/sync';
import { approve, draft, itemOf, itemsOf, payable, refund } from '../../../../test/support/payout-scenes';
import { type PayoutsUnderTest, payoutsUnderTest } from '../../../../test/support/payouts-under-test';
import { somebodyWaits } from '../../../../test/support/somebody-waits';

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

async function balanceOf(bookId: number, kind: string, partyId: string | null = null): Promise<bigint> {
  const { rows } = await payouts.owner.query<{ balance: string }>(
    `select coalesce(sum(a.balance_minor), 0) as balance from ledger.account_balances a
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

  it('holds back whoever is owed what was disputed of a deal since, and nobody else', async () => {
    const deal = await payable(payouts);
    const other = await payable(payouts);
    const batchId = await draft(payouts);
    await approve(payouts, batchId);
    const command = { brandId: deal.brandId, sources: [{ type: 'sale', id: deal.saleId } as const], reason: 'dispute' };
    const frozen = { ...command, includeReleased: true };
    await payouts.ledger.run((tx) => payouts.ledger.freezeEarnings.execute(tx, frozen));
    await exportBatch(batchId);
    expect(await itemOf(payouts, batchId, deal.influencerId)).toMatchObject({ stateReason: 'disputed' });
    expect(await itemOf(payouts, batchId, other.influencerId)).toMatchObject({ state: 'sent' });
    await payouts.ledger.run((tx) => payouts.ledger.unfreezeEarnings.execute(tx, command));
    expect((await itemOf(payouts, await draft(payouts), deal.influencerId)).amountMinor).toBe(500n);
  });

  it('waits for a dispute about a single sale that is being opened', async () => {
    const deal = await payable(payouts);
    const batchId = await draft(payouts);
    await approve(payouts, batchId);
    const sources = [{ type: 'sale', id: deal.saleId } as const];
    const frozen = { brandId: deal.brandId, sources, reason: 'dispute', includeReleased: true };
    let exporting: Promise<unknown> | undefined;
    await payouts.ledger.run(async (tx) => {
      await payouts.ledger.freezeEarnings.execute(tx, frozen);
      exporting = exportBatch(batchId);
      await somebodyWaits(payouts.owner);
    });
    await exporting;
    expect(await itemOf(payouts, batchId, deal.agencyId)).toMatchObject({ stateReason: 'disputed' });
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
