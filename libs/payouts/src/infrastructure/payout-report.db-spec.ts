import type { PersonActor } from '@evenhand/kernel';
import { checkInvariants } from '@evenhand/ledger';
import type { DealInTest } from '../../../../test/invariants/deal-in-test';
import { PLATFORM } from '../../../../test/invariants/deal-in-test';
import { person } from '../../../../test/invariants/ledger-under-test';
import {
  ALL,
  approve,
  bringMoney,
  dealOf,
  draft,
  itemsOf,
  payable,
  refund,
  release,
  sell,
} from '../../../../test/support/payout-scenes';
import { type PayoutsUnderTest, payoutsUnderTest } from '../../../../test/support/payouts-under-test';
import type { ReportFilter, ReportKey, ReportMeasures } from '../application/report';

const FAR = new Date('2099-01-01T00:00:00.000Z');
const EVERYTHING: ReportFilter = { timeZone: 'Asia/Tokyo', from: null, to: null };
const MEASURES = [
  'grossMinor',
  'grossReversedMinor',
  'platformCutMinor',
  'platformCutReversedMinor',
  'agencyCutMinor',
  'agencyCutReversedMinor',
  'shareMinor',
  'shareReversedMinor',
  'netMinor',
  'heldMinor',
  'availableMinor',
  'inPayoutMinor',
  'inTransitMinor',
  'paidMinor',
] as const;

let payouts: PayoutsUnderTest;
let deal: DealInTest;
let other: DealInTest;

/**
 * One deal paid, then partly refunded; one held sale; one sale planned; another brand in yen with odd amounts, at the
 * bank; all of it in the zone where the months turn nine hours early.
 */
beforeAll(async () => {
  payouts = await payoutsUnderTest();
  await payouts.owner.query(
    `insert into parties.parties (id, kind, display_name, country) values ($1, 'agency', 'Stand-in platform', 'FR')`,
    [PLATFORM],
  );
  const paid = await payable(payouts);
  deal = paid;
  other = await payable(payouts, { influencerId: deal.influencerId, currency: 'JPY' }, 777n);
  await bringMoney(payouts, deal, 1000n);
  const euros = await draft(payouts, { currencies: ['EUR'] });
  await approve(payouts, euros);
  await payouts.export.execute({ actor: payouts.preparer, batchId: euros });
  for (const { itemId } of await itemsOf(payouts, euros)) {
    const outcome = { itemId, bankReference: 'SCT', paidAt: new Date(), idempotencyKey: itemId };
    await payouts.markPaid.execute({ actor: payouts.preparer, ...outcome });
  }
  const yen = await draft(payouts, { currencies: ['JPY'] });
  await approve(payouts, yen);
  await payouts.export.execute({ actor: payouts.preparer, batchId: yen });
  await refund(payouts, deal, paid.saleId, 2500n);
  await sell(payouts, deal, 333n, { earnedAt: new Date('2026-10-31T14:59:59.999Z') });
  await sell(payouts, deal, 500n, { earnedAt: new Date('2026-10-31T15:00:00.000Z'), releaseAt: FAR });
  await release(payouts);
  await draft(payouts, { currencies: ['EUR'] });
});
afterAll(async () => {
  expect(await checkInvariants(payouts.owner)).toEqual([]);
  await payouts.close();
});

async function pages(groupBy: readonly ReportKey[], filter: ReportFilter = EVERYTHING, first = 2) {
  const rows = [];
  let after: string | null = null;
  for (;;) {
    const page: Awaited<ReturnType<typeof payouts.report.execute>> = await payouts.report.execute({
      actor: payouts.preparer,
      filter,
      groupBy,
      page: { first, after },
    });
    rows.push(...page.rows.map((row) => row.node));
    after = page.rows.at(-1)?.cursor ?? null;
    if (!page.hasNextPage) return { rows, totals: page.totals, totalCount: page.totalCount };
  }
}

function sums(rows: readonly ReportMeasures[], currency: string): Record<string, bigint> {
  const ofCurrency = rows.filter((row) => row.currency === currency);
  return Object.fromEntries(MEASURES.map((name) => [name, ofCurrency.reduce((sum, row) => sum + row[name], 0n)]));
}

async function ledgerSum(kind: string, currency: string): Promise<bigint> {
  const { rows } = await payouts.owner.query<{ balance: string }>(
    `select coalesce(sum(a.balance_minor), 0) as balance from ledger.account_balances a where a.kind = $1 and a.currency = $2`,
    [kind, currency],
  );
  return BigInt(rows[0]?.balance ?? 0);
}

describe('the payout report', () => {
  it.each([
    [['payee']],
    [['payee', 'month', 'brand', 'campaign', 'agency']],
    [['day', 'currency']],
    [['agency', 'payee']],
  ] satisfies [ReportKey[]][])('has totals equal to the sum of the rows of all pages, by %j', async (groupBy) => {
    const { rows, totals, totalCount } = await pages(groupBy);
    expect(totalCount).toBe(rows.length);
    expect(totals.map((total) => total.currency)).toEqual(['EUR', 'JPY']);
    for (const total of totals) expect(sums(rows, total.currency)).toEqual(sums([total], total.currency));
  });

  it('ties out with the balances of the ledger', async () => {
    const { totals } = await pages(['payee']);
    for (const total of totals) {
      const { currency } = total;
      expect(total.heldMinor).toBe(await ledgerSum('payee_pending', currency));
      const stillAvailable = total.availableMinor + total.inPayoutMinor - total.inTransitMinor;
      expect(stillAvailable).toBe(await ledgerSum('payee_available', currency));
      expect(total.inTransitMinor).toBe(await ledgerSum('payout_in_transit', currency));
    }
    expect(totals.map((total) => total.inTransitMinor > 0n)).toEqual([false, true]);
  });

  it('accounts for every cent: gross less cuts is the share, and the share is held, available, in payout or paid', async () => {
    const { rows } = await pages(['payee', 'month', 'brand']);
    for (const row of rows) {
      expect(row.netMinor).toBe(row.shareMinor - row.shareReversedMinor);
      expect(row.heldMinor + row.availableMinor + row.inPayoutMinor + row.paidMinor).toBe(row.netMinor);
      if (row.grossMinor === 0n) continue;
      expect(row.grossMinor - row.platformCutMinor - row.agencyCutMinor).toBe(row.shareMinor);
      expect(row.cuts.reduce((sum, cut) => sum + cut.amountMinor, 0n)).toBe(row.platformCutMinor + row.agencyCutMinor);
    }
    const all = await pages(['payee'], { ...EVERYTHING, roles: ['influencer', 'agency', 'platform'] });
    for (const total of all.totals) expect(total.shareMinor).toBe(total.grossMinor);
  });

  it('shows the influencer what was offered, cut, kept, taken back and paid', async () => {
    const filter = { ...EVERYTHING, payeeId: deal.influencerId, currency: 'EUR' };
    const { rows } = await pages(['payee'], filter);
    expect(rows).toEqual([
      expect.objectContaining({
        payeeName: 'Aoi',
        grossMinor: 1833n,
        grossReversedMinor: 250n,
        platformCutMinor: 183n,
        agencyCutMinor: 733n,
        shareMinor: 917n,
        shareReversedMinor: 125n,
        netMinor: 792n,
        heldMinor: 250n,
        // 500 were paid and 125 taken back after that; 167 are planned with the debt netted.
        paidMinor: 500n,
        inPayoutMinor: 42n,
        availableMinor: 0n,
        cuts: [
          expect.objectContaining({ role: 'platform', amountMinor: 183n, reversedMinor: 25n }),
          expect.objectContaining({
            role: 'agency',
            partyName: 'Sakura Talent',
            amountMinor: 733n,
            reversedMinor: 100n,
          }),
        ],
      }),
    ]);
  });

  it('puts a sale into the month of the stated zone and takes days half-open', async () => {
    const inTokyo = await pages(['month'], { ...EVERYTHING, currency: 'EUR', from: '2026-10-02' });
    expect(inTokyo.rows.map((row) => [row.period, row.grossMinor])).toEqual([
      ['2026-10', 333n],
      ['2026-11', 500n],
    ]);
    const october = { ...EVERYTHING, currency: 'EUR', from: '2026-10-31', to: '2026-11-01' };
    expect((await pages(['day'], october)).rows.map((row) => row.grossMinor)).toEqual([333n]);
    const inParis = await pages(['day'], { ...october, timeZone: 'Europe/Paris' });
    expect(inParis.rows.map((row) => row.grossMinor)).toEqual([833n]);
  });

  it('gives an influencer and an agency the same numbers for themselves, and nobody else', async () => {
    const influencer = person({ influencerId: deal.influencerId });
    const agency = person({ memberships: [{ partyId: deal.agencyId, kind: 'agency', role: 'viewer' }] });
    const asSeenBy = async (actor: PersonActor, payeeId: string | null) => {
      const filter = { ...EVERYTHING, payeeId };
      const page = await payouts.report.execute({ actor, filter, groupBy: ['payee', 'month'], page: ALL });
      return { rows: page.rows.map((row) => row.node), totals: page.totals };
    };
    for (const [actor, payeeId] of [
      [influencer, deal.influencerId],
      [agency, deal.agencyId],
    ] as const) {
      const seen = await asSeenBy(actor, null);
      expect(seen.rows.length).toBeGreaterThan(0);
      expect(seen).toEqual(await asSeenBy(payouts.preparer, payeeId));
    }
    expect((await asSeenBy(person(), null)).rows).toEqual([]);
    expect((await asSeenBy(influencer, deal.agencyId)).rows).toEqual([]);
  });

  it('filters by agency, brand, campaign and role', async () => {
    expect((await pages(['brand'], { ...EVERYTHING, agencyId: other.agencyId })).rows).toEqual([
      expect.objectContaining({ brandId: other.brandId, currency: 'JPY' }),
    ]);
    expect((await pages(['campaign'], { ...EVERYTHING, brandId: other.brandId })).rows).toEqual([
      expect.objectContaining({ campaignId: other.campaignId }),
    ]);
    const agencies = await pages(['payee', 'agency'], {
      ...EVERYTHING,
      roles: ['agency'],
      campaignId: deal.campaignId,
    });
    expect(agencies.rows).toEqual([
      expect.objectContaining({
        payeeId: deal.agencyId,
        grossMinor: 0n,
        shareMinor: 733n,
        agencies: [{ partyId: deal.agencyId, name: 'Sakura Talent' }],
      }),
    ]);
  });

  it('refuses a cursor, a zone, a day and a grouping that make no sense', async () => {
    const ask = (given: Partial<ReportFilter>, groupBy: ReportKey[] = ['payee'], after: string | null = null) =>
      payouts.report.execute({
        actor: payouts.preparer,
        filter: { ...EVERYTHING, ...given },
        groupBy,
        page: { first: 5, after },
      });
    await expect(ask({ timeZone: '+09:00' })).rejects.toMatchObject({ code: 'UNKNOWN_TIME_ZONE' });
    await expect(ask({ from: '2026-02-30' })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(ask({ from: '2026-11-01', to: '2026-11-01' })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(ask({}, ['month', 'day'])).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(ask({}, ['payee'], 'x')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});

describe('the drill-down', () => {
  it('shows the shares behind a figure, whose sums are the figure', async () => {
    const filter = { ...EVERYTHING, payeeId: deal.influencerId };
    const { totals } = await pages(['payee'], filter);
    const shares = await payouts.reportShares.execute({ actor: payouts.preparer, filter, page: ALL });
    expect(shares.totals.map(({ currency, netMinor }) => [currency, netMinor])).toEqual(
      totals.map(({ currency, netMinor }) => [currency, netMinor]),
    );
    expect(shares.totalCount).toBe(4);
    const first = await payouts.reportShares.execute({
      actor: payouts.preparer,
      filter,
      page: { first: 3, after: null },
    });
    const after = first.rows.at(-1)?.cursor ?? null;
    const rest = await payouts.reportShares.execute({ actor: payouts.preparer, filter, page: { first: 3, after } });
    expect([...first.rows, ...rest.rows].map((row) => row.node)).toEqual(shares.rows.map((row) => row.node));
  });
});

describe('earnings', () => {
  const ofInfluencer = (actor: PersonActor) =>
    payouts.earnings.execute({ actor, filter: { ...EVERYTHING, dealId: deal.dealId }, page: ALL });

  it('show the influencer the whole chain, and why her part is not paid; not why others are not', async () => {
    const { rows } = await ofInfluencer(person({ influencerId: deal.influencerId }));
    for (const row of rows) {
      expect(row.node.shares.map((share) => share.role)).toEqual(['platform', 'agency', 'influencer']);
      expect(row.node.shares.slice(0, 2).map((share) => share.payout)).toEqual([null, null]);
    }
    const payoutsOf = rows.map((row) => row.node.shares.map((share) => share.payout?.notPaidBecause ?? null));
    expect(
      payoutsOf.map((shares) => shares[2]?.map((part) => [part.reason, part.amountMinor, part.expectedAt])),
    ).toEqual([[['held_until', 250n, FAR]], [['in_draft_batch', 167n, null]], [['in_draft_batch', -125n, null]]]);
  });

  it('say which batch the money is in, and on whom it depends', async () => {
    const filter = { ...EVERYTHING, dealId: other.dealId };
    const actor = person({ influencerId: deal.influencerId });
    const { rows, totals } = await payouts.earnings.execute({ actor, filter, page: ALL });
    expect(rows[0]?.node.shares[2]?.payout?.notPaidBecause).toEqual([
      expect.objectContaining({ reason: 'awaiting_bank', whoMustAct: 'finance_preparer', batchNumber: 2n }),
    ]);
    expect(totals).toEqual([{ currency: 'JPY', grossMinor: 777n, grossReversedMinor: 0n }]);
  });

  it("tell the payee of a missing account, a minimum, a debt, a dispute and the brand's money", async () => {
    const poor = await dealOf(payouts);
    await sell(payouts, poor, 100n);
    await release(payouts);
    const because = async () => {
      const actor = person({ influencerId: poor.influencerId });
      const { rows } = await payouts.earnings.execute({ actor, filter: EVERYTHING, page: ALL });
      return rows.map((row) => row.node.shares[2]?.payout?.notPaidBecause.map((part) => part.reason)).flat();
    };
    expect(await because()).toEqual(['waiting_for_brand_money']);
    await bringMoney(payouts, poor, 100n);
    expect(await because()).toEqual(['next_batch']);
    await draft(payouts, { currencies: ['EUR'], minimums: [{ currency: 'EUR', minimumMinor: 51n }] });
    expect(await because()).toEqual(['below_minimum']);
    payouts.accounts.byPayee.delete(`${poor.influencerId}:EUR`);
    expect(await because()).toEqual(['no_payout_account']);
    await payouts.ledger.run((tx) =>
      payouts.ledger.freezeShares.execute(tx, { dealId: poor.dealId, reason: 'dispute' }),
    );
    expect(await because()).toEqual(['disputed']);
  });
});
