import { uuidv7 } from 'uuidv7';
import { withCheckedLedger } from '../../../../test/invariants/checked-ledger';
import { dealInTest, type DealInTest, saleOf } from '../../../../test/invariants/deal-in-test';
import type { LedgerUnderTest } from '../../../../test/invariants/ledger-under-test';
import { type PostingFilter, type PostingView, shareKey } from '../application/ledger-queries';
import type { EarningResult } from '../application/split-earnings';
import type { EarningDraft } from '../domain/events/earning-split';

const DUE = new Date('2026-10-15T10:00:00Z');
const ALL = { first: 100, after: null };

let ledger: LedgerUnderTest;
let deal: DealInTest;

withCheckedLedger((made) => ({ ledger } = made));
beforeEach(async () => {
  deal = await dealInTest(ledger);
});

const split = (...drafts: EarningDraft[]): Promise<readonly EarningResult[]> =>
  ledger.run((tx) => ledger.splitEarnings.execute(tx, deal.brandId, drafts));
const release = () => ledger.releaseDueHolds.execute({ now: DUE, limit: 10_000 });
const postings = async (filter: Partial<PostingFilter>): Promise<readonly PostingView[]> => {
  const found = await ledger.run((tx) => ledger.queries.postings(tx, { bookId: deal.bookId, ...filter }, ALL));
  return found.rows.map(({ node }) => node);
};
const told = ({ kind, amountMinor, partOfMinor, shareId }: PostingView) => ({
  kind,
  amountMinor,
  partOfMinor,
  shareId,
});

describe('a release', () => {
  it('is one posting for each payee, whatever the number of its shares', async () => {
    await split(saleOf(deal, 100n), saleOf(deal, 200n), saleOf(deal, 0n));
    expect(await release()).toEqual({ released: 3 });
    const released = (await postings({})).filter(({ kind }) => kind === 'holds_released');
    expect(released.map(told)).toHaveLength(3);
    expect(released.map(told)).toEqual(
      expect.arrayContaining(
        [120n, 150n, 30n].map((amountMinor) => ({
          kind: 'holds_released',
          amountMinor,
          partOfMinor: null,
          shareId: null,
        })),
      ),
    );
    expect(new Set(released.map(({ transactionId }) => transactionId)).size).toBe(1);
  });

  it('is told of a share by its part, beside the whole', async () => {
    const [first, second] = await split(saleOf(deal, 100n), saleOf(deal, 200n));
    await release();
    const share = first?.shares.find(({ role }) => role === 'influencer');
    const { shareId = 0n } = share ?? {};
    const moves = [
      { kind: 'sale_recorded', amountMinor: 50n, partOfMinor: null, shareId },
      { kind: 'holds_released', amountMinor: 50n, partOfMinor: 150n, shareId },
    ];
    expect((await postings({ shareId })).map(told)).toEqual(moves);
    expect(
      (await postings({ earningId: first?.earningId ?? 0n })).filter((one) => one.shareId === shareId).map(told),
    ).toEqual(moves);
    const shares = [...(first?.shares ?? []), ...(second?.shares ?? [])].map((one) => ({
      bookId: deal.bookId,
      shareId: one.shareId,
    }));
    const together = await ledger.run((tx) => ledger.queries.postingsOfShares(tx, shares));
    for (const key of shares) expect(together.get(shareKey(key))).toEqual(await postings({ shareId: key.shareId }));
    const twice = await ledger.run((tx) => ledger.queries.postingsOfShares(tx, [...shares, ...shares]));
    expect(twice).toEqual(together);
  });

  it('leads to the earnings it released', async () => {
    const sold = await split(saleOf(deal, 100n), saleOf(deal, 200n));
    await release();
    await split(saleOf(deal, 300n, { releaseAt: new Date('2027-01-01T00:00:00Z') }));
    const [released] = (await postings({})).filter(({ kind }) => kind === 'holds_released');
    const transaction = { bookId: deal.bookId, id: released?.transactionId ?? 0n };
    const earnings = await ledger.run((tx) => ledger.queries.earnings(tx, { transaction }, ALL));
    expect(earnings.rows.map(({ node }) => node.earningId).sort()).toEqual(
      sold.map(({ earningId }) => earningId).sort(),
    );
  });

  it('leads to nothing more than a sale and its refund do, where there was nothing to post', async () => {
    const sale = saleOf(deal, 0n, { baseMinor: 100n, releaseAt: new Date('2027-01-01T00:00:00Z') });
    const [sold] = await split(sale);
    const refundId = uuidv7();
    const reversal = {
      idempotencyKey: refundId,
      source: sale.source,
      refundId,
      refundedBaseMinor: 100n,
      occurredAt: DUE,
    };
    const [refunded] = await ledger.run((tx) => ledger.reverseEarnings.execute(tx, deal.brandId, [reversal]));
    for (const id of [sold?.transactionId ?? 0n, refunded?.transactionId ?? 0n]) {
      const transaction = { bookId: deal.bookId, id };
      const earnings = await ledger.run((tx) => ledger.queries.earnings(tx, { transaction }, ALL));
      expect(earnings.rows.map(({ node }) => node.earningId)).toEqual([sold?.earningId]);
    }
  });
});
