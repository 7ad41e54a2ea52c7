import type { Client } from 'pg';
import { uuidv7 } from 'uuidv7';
import { withCheckedLedger } from '../../../../test/invariants/checked-ledger';
import { dealInTest, type DealInTest, fund, milestoneOf, saleOf } from '../../../../test/invariants/deal-in-test';
import type { LedgerUnderTest } from '../../../../test/invariants/ledger-under-test';
import { payeePending } from '../domain/account';

let ledger: LedgerUnderTest;
let owner: Client;
let deal: DealInTest;

withCheckedLedger((made) => ({ ledger, owner } = made));
beforeEach(async () => {
  deal = await dealInTest(ledger);
});

const split = (earning: Parameters<typeof ledger.splitOneEarning.execute>[1]) =>
  ledger.splitOneEarning.execute(deal.brandId, earning);
const pendingOfInfluencer = () =>
  ledger.run((tx) => ledger.queries.balanceOf(tx, deal.bookId, payeePending(deal.influencerId, 'EUR')));
describe('one earning in a transaction of its own', () => {
  it('is recorded when this answers, the first of its deal and those after it alike', async () => {
    for (const earning of [saleOf(deal, 100n), saleOf(deal, 100n), milestoneOf(deal, 0n)]) {
      const { status, shares, transactionId, earningId, bookId } = await split(earning);
      expect({ status, bookId, earningId }).toEqual({
        status: 'recorded',
        bookId: deal.bookId,
        earningId: transactionId,
      });
      expect(shares.map(({ shareId }) => shareId - transactionId * 64n)).toEqual([1n, 2n, 3n]);
    }
    expect(await pendingOfInfluencer()).toBe(100n);
  });

  it('is told again under its key, and refused under the key of another', async () => {
    const earning = saleOf(deal, 100n);
    const first = await split(earning);
    expect(await split(earning)).toEqual({ ...first, status: 'duplicate' });
    const other = saleOf(deal, 200n, { idempotencyKey: earning.idempotencyKey });
    await expect(split(other)).rejects.toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
    expect(await pendingOfInfluencer()).toBe(50n);
  });

  it('is recorded once, however many bring it at the same time', async () => {
    await split(saleOf(deal, 100n));
    const earning = saleOf(deal, 100n);
    const results = await Promise.all(Array.from({ length: 8 }, () => split(earning)));
    expect(new Set(results.map(({ transactionId }) => transactionId)).size).toBe(1);
    expect(results.filter(({ status }) => status === 'recorded')).toHaveLength(1);
    expect(await pendingOfInfluencer()).toBe(100n);
  });

  it('is refused by name, and nothing written, where its source was recorded already or its escrow is too small', async () => {
    const earning = saleOf(deal, 100n);
    await split(earning);
    await expect(split({ ...earning, idempotencyKey: uuidv7() })).rejects.toMatchObject({
      code: 'EARNING_ALREADY_RECORDED',
    });
    await expect(split(milestoneOf(deal, 500n))).rejects.toMatchObject({ code: 'INSUFFICIENT_ESCROW' });
    expect(await pendingOfInfluencer()).toBe(50n);
  });

  it('of a brand without a book is refused', async () => {
    const stranger = ledger.splitOneEarning.execute(uuidv7(), saleOf(deal, 100n));
    await expect(stranger).rejects.toMatchObject({ code: 'BOOK_NOT_OPEN' });
  });

  it('draws on the reserve of its deal', async () => {
    await fund(ledger, deal, 150n, 'commission_reserve');
    for (let sale = 0; sale < 3; sale += 1) await split(saleOf(deal, 100n));
    const { rows } = await owner.query(
      'select from_escrow_minor::integer as drawn from ledger.earnings where deal_id = $1 order by earning_id',
      [deal.dealId],
    );
    expect(rows).toEqual([{ drawn: 100 }, { drawn: 50 }, { drawn: 0 }]);
  });

  it('is one call, in no transaction of ours, where its accounts and its rule were seen before', async () => {
    await split(saleOf(deal, 100n));
    const run = jest.spyOn(ledger.uow, 'run');
    await split(saleOf(deal, 100n));
    expect(run).not.toHaveBeenCalled();
    run.mockRestore();
  });
});
