import { InvalidInput } from '@evenhand/kernel';
import { checkInvariants } from '@evenhand/ledger';
import {
  bringMoney,
  dealOf,
  draft,
  itemOf,
  itemsOf,
  payable,
  reasonsFor,
  refund,
  release,
  sell,
} from '../../../../test/support/payout-scenes';
import { type PayoutsUnderTest, payoutsUnderTest } from '../../../../test/support/payouts-under-test';

const FAR = new Date('2099-01-01T00:00:00.000Z');

let payouts: PayoutsUnderTest;

// Each test has a database of its own: a batch takes everything that is payable, also what another test left.
beforeEach(async () => {
  payouts = await payoutsUnderTest();
});
afterEach(async () => {
  expect(await checkInvariants(payouts.owner)).toEqual([]);
  await payouts.close();
});

async function amountsOf(batchId: string): Promise<Readonly<Record<string, bigint>>> {
  return Object.fromEntries((await itemsOf(payouts, batchId)).map((item) => [item.partyId, item.amountMinor]));
}

describe('preparing a payout batch', () => {
  it('makes one item per payee and currency over all books', async () => {
    const first = await payable(payouts);
    await payable(payouts, { influencerId: first.influencerId, agencyId: first.agencyId }, 200n);
    await payable(payouts, { influencerId: first.influencerId, agencyId: first.agencyId, currency: 'JPY' }, 30n);
    const items = await itemsOf(payouts, await draft(payouts));
    expect(items.map((item) => [item.partyId, item.currency, item.amountMinor, item.lines]).sort()).toEqual(
      [
        [first.influencerId, 'EUR', 600n, 2],
        [first.influencerId, 'JPY', 15n, 1],
        [first.agencyId, 'EUR', 480n, 2],
        [first.agencyId, 'JPY', 12n, 1],
      ].sort(),
    );
  });

  it('takes only the currencies asked for', async () => {
    await payable(payouts);
    await payable(payouts, { currency: 'JPY' });
    const items = await itemsOf(payouts, await draft(payouts, { currencies: ['JPY'] }));
    expect(new Set(items.map((item) => item.currency))).toEqual(new Set(['JPY']));
  });

  it('states for held money until when it is held', async () => {
    const deal = await dealOf(payouts);
    await sell(payouts, deal, 1000n, { releaseAt: FAR });
    const batchId = await draft(payouts);
    expect(await itemsOf(payouts, batchId)).toEqual([]);
    const filter = { batchId, payeeId: deal.influencerId };
    const page = { first: 10, after: null };
    const { rows, totals } = await payouts.listExclusions.execute({ actor: payouts.preparer, filter, page });
    expect(rows[0]?.node).toMatchObject({
      reason: 'held_until',
      amountMinor: 500n,
      expectedFrom: FAR,
      expectedUntil: FAR,
      whoMustAct: 'nobody',
      brandId: deal.brandId,
      partyName: 'Aoi',
    });
    expect(totals).toEqual([{ currency: 'EUR', amountMinor: 500n }]);
  });

  it('leaves what became available after the cut-off to the next batch', async () => {
    const { influencerId } = await payable(payouts);
    const cutOff = new Date(Date.now() - 60_000);
    const batchId = await draft(payouts, { cutOff });
    expect(await itemsOf(payouts, batchId)).toEqual([]);
    expect(await reasonsFor(payouts, batchId, influencerId)).toEqual({ after_cut_off: 500n });
    expect(await amountsOf(await draft(payouts))).toMatchObject({ [influencerId]: 500n });
  });

  it('counts a refund at once, whatever the cut-off', async () => {
    const deal = await payable(payouts);
    const cutOff = new Date();
    await new Promise((resolve) => setTimeout(resolve, 5));
    await refund(payouts, deal, deal.saleId, 5000n);
    const item = await itemOf(payouts, await draft(payouts, { cutOff }), deal.influencerId);
    expect(item.amountMinor).toBe(250n);
  });

  it('lets a debt with one brand block that brand only', async () => {
    const deal = await payable(payouts);
    const other = await payable(payouts, { influencerId: deal.influencerId, agencyId: deal.agencyId }, 100n);
    const paid = await draft(payouts);
    await payAll(paid);
    await refund(payouts, deal, deal.saleId, 10_000n);
    await sell(payouts, deal, 100n);
    await bringMoney(payouts, other, 300n);
    await sell(payouts, other, 300n);
    await release(payouts);
    const batchId = await draft(payouts);
    expect(await amountsOf(batchId)).toEqual({ [deal.influencerId]: 150n, [deal.agencyId]: 120n });
    expect(await reasonsFor(payouts, batchId, deal.influencerId)).toEqual({ negative_balance: -450n });
  });

  it('leaves out the money of a disputed deal, held or available', async () => {
    const deal = await payable(payouts);
    await sell(payouts, deal, 100n, { releaseAt: FAR });
    await payouts.ledger.run((tx) =>
      payouts.ledger.freezeShares.execute(tx, { dealId: deal.dealId, reason: 'dispute' }),
    );
    const batchId = await draft(payouts);
    expect(await itemsOf(payouts, batchId)).toEqual([]);
    expect(await reasonsFor(payouts, batchId, deal.influencerId)).toEqual({ disputed: 550n });
  });

  it('leaves out what is disputed of a deal after its release, and pays the rest of the deal', async () => {
    const deal = await payable(payouts);
    const disputed = await sell(payouts, deal, 100n);
    await release(payouts);
    const command = { brandId: deal.brandId, sources: [{ type: 'sale', id: disputed } as const], reason: 'dispute' };
    const { freezeEarnings, unfreezeEarnings } = payouts.ledger;
    await payouts.ledger.run((tx) => freezeEarnings.execute(tx, { ...command, includeReleased: true }));
    const batchId = await draft(payouts);
    expect(await amountsOf(batchId)).toEqual({ [deal.influencerId]: 500n, [deal.agencyId]: 400n });
    expect(await reasonsFor(payouts, batchId, deal.influencerId)).toEqual({ disputed: 50n });
    await payouts.ledger.run((tx) => unfreezeEarnings.execute(tx, command));
    expect(await amountsOf(await draft(payouts))).toEqual({ [deal.influencerId]: 50n, [deal.agencyId]: 40n });
  });

  it('leaves out a sale that is held for review, however long ago it was due, and nothing else of its deal', async () => {
    const deal = await payable(payouts);
    const saleId = await sell(payouts, deal, 100n);
    const command = { brandId: deal.brandId, sources: [{ type: 'sale', id: saleId } as const], reason: 'risk' };
    await payouts.ledger.run((tx) => payouts.ledger.freezeEarnings.execute(tx, command));
    await release(payouts);
    const batchId = await draft(payouts);
    expect(await amountsOf(batchId)).toEqual({ [deal.influencerId]: 500n, [deal.agencyId]: 400n });
    expect(await reasonsFor(payouts, batchId, deal.influencerId)).toEqual({ risk_review: 50n });
  });

  it('leaves out who has no account, and what is below the minimum', async () => {
    const deal = await payable(payouts);
    payouts.accounts.byPayee.delete(`${deal.influencerId}:EUR`);
    const batchId = await draft(payouts, { minimums: [{ currency: 'EUR', minimumMinor: 401n }] });
    expect(await itemsOf(payouts, batchId)).toEqual([]);
    expect(await reasonsFor(payouts, batchId, deal.influencerId)).toEqual({ no_payout_account: 500n });
    expect(await reasonsFor(payouts, batchId, deal.agencyId)).toEqual({ below_minimum: 400n });
  });

  it("pays no more than the brand's own money, the oldest first, whoever else has money", async () => {
    const poor = await dealOf(payouts);
    await payable(payouts);
    await sell(payouts, poor, 100n);
    await release(payouts);
    await sell(payouts, poor, 1000n);
    await release(payouts);
    await bringMoney(payouts, poor, 90n);
    const batchId = await draft(payouts);
    expect((await itemOf(payouts, batchId, poor.influencerId)).amountMinor).toBe(50n);
    expect((await itemOf(payouts, batchId, poor.agencyId)).amountMinor).toBe(40n);
    expect(await reasonsFor(payouts, batchId, poor.influencerId)).toEqual({ waiting_for_brand_money: 500n });
  });

  it("does not plan the same brand's money for two batches", async () => {
    const deal = await payable(payouts);
    await draft(payouts);
    await sell(payouts, deal, 100n);
    await release(payouts);
    const batchId = await draft(payouts);
    // 900 of 1000 are planned: 100 are left, of which the two payees need 90.
    expect(await amountsOf(batchId)).toEqual({ [deal.influencerId]: 50n, [deal.agencyId]: 40n });
    await sell(payouts, deal, 100n);
    await release(payouts);
    expect(await reasonsFor(payouts, await draft(payouts), deal.influencerId)).toEqual({
      waiting_for_brand_money: 50n,
    });
  });

  it('never puts a posting in two live items, however many prepare at once', async () => {
    const deal = await payable(payouts);
    const drafts = await Promise.all(Array.from({ length: 5 }, () => draft(payouts)));
    const amounts = (await Promise.all(drafts.map((id) => itemsOf(payouts, id)))).flat();
    expect(amounts.map((item) => item.partyId).sort()).toEqual([deal.influencerId, deal.agencyId].sort());
    const { rows } = await payouts.owner.query(
      'select 1 from payouts.lines where live group by book_id, posting_id, share_id having count(*) > 1',
    );
    expect(rows).toEqual([]);
  });

  it('is refused by the database where a posting would be in two live items', async () => {
    await payable(payouts);
    await draft(payouts);
    await expect(
      payouts.owner.query(`
        with batch as (
          insert into payouts.batches (id, cut_off, time_zone, idempotency_key, request_hash, prepared_at)
          values (gen_random_uuid(), now(), 'UTC', 'x', sha256(''), now()) returning id
        ), item as (
          insert into payouts.items (id, batch_id, ordinal, party_id, currency, amount_minor, end_to_end_id, state_since)
          select gen_random_uuid(), batch.id, 1, l.party_id, 'EUR', 1, 'X', now() from batch, payouts.lines l limit 1
          returning id, party_id
        )
        insert into payouts.lines (item_id, live, party_id, book_id, posting_id, earning_id, share_id, amount_minor)
        select item.id, true, l.party_id, l.book_id, l.posting_id, l.earning_id, l.share_id, l.amount_minor
        from item join payouts.lines l on l.party_id = item.party_id`),
    ).rejects.toMatchObject({ code: '23505', constraint: 'lines_once' });
  });

  it('answers the same key with the same batch, and a changed request with a conflict', async () => {
    await payable(payouts);
    const request = { cutOff: new Date(), idempotencyKey: 'november' };
    const batchId = await draft(payouts, request);
    expect(await draft(payouts, request)).toBe(batchId);
    await expect(draft(payouts, { ...request, currencies: ['EUR'] })).rejects.toMatchObject({
      code: 'IDEMPOTENCY_CONFLICT',
    });
  });

  it('refuses a cut-off to come and a zone that does not exist', async () => {
    await expect(draft(payouts, { cutOff: FAR })).rejects.toThrow(InvalidInput);
    const command = {
      actor: payouts.preparer,
      cutOff: new Date(),
      currencies: null,
      minimums: [],
      idempotencyKey: 'z',
    };
    await expect(payouts.prepare.execute({ ...command, timeZone: 'Mars/Olympus' })).rejects.toMatchObject({
      code: 'UNKNOWN_TIME_ZONE',
    });
  });
});

async function payAll(batchId: string): Promise<void> {
  const { contentHash } = await payouts.submit.execute({ actor: payouts.preparer, batchId });
  await payouts.approve.execute({ actor: payouts.approver, batchId, contentHash });
  await payouts.export.execute({ actor: payouts.preparer, batchId });
  for (const { itemId } of await itemsOf(payouts, batchId)) {
    const paid = { itemId, bankReference: 'SCT', paidAt: new Date(), idempotencyKey: `paid ${itemId}` };
    await payouts.markPaid.execute({ actor: payouts.preparer, ...paid });
  }
}
