import { checkInvariants } from '@evenhand/ledger';
import { approve, draft, itemOf, payable } from '../../../../test/support/payout-scenes';
import { type PayoutsUnderTest, payoutsUnderTest } from '../../../../test/support/payouts-under-test';

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

async function balanceOf(bookId: number, kind: string, partyId: string | null = null): Promise<bigint> {
  const { rows } = await payouts.owner.query<{ balance: string }>(
    `select coalesce(sum(a.balance_minor), 0) as balance from ledger.account_balances a
     where a.book_id = $1 and a.kind = $2 and a.party_id is not distinct from $3::uuid`,
    [bookId, kind, partyId],
  );
  return BigInt(rows[0]?.balance ?? 0);
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
