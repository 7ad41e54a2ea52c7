import { randomUUID } from 'node:crypto';
import { systemActor } from '@evenhand/kernel';
import { compileSplitPlan, replayEarning, type SplitRule } from '@evenhand/ledger';
import { saleEvent } from '../../../test/support/sales/tracked-deal';
import { refundEvent, SalesWorld } from '../../../test/support/sales/sales-world';

interface StoredEarning {
  readonly rule: SplitRule;
  readonly source_id: string;
  readonly base: string;
  readonly net_sales_before: string | null;
  readonly cap_left: string | null;
  readonly gross: string;
  readonly amounts: readonly string[];
  readonly shares: readonly string[];
}

/** Every earning of the book with the rule it was split by, from the tables of the ledger alone. */
const STORED = `
  select rule.rule, earning.source_id, earning.base_minor::text as base,
    earning.net_sales_before_minor::text as net_sales_before, earning.cap_left_minor::text as cap_left,
    earning.gross_minor::text as gross, share.amounts, share.shares
  from ledger.earnings earning
  join ledger.rules rule using (book_id, rule_id)
  cross join lateral (
    select array_agg(amount_minor::text order by share_id) as amounts, array_agg(share order by share_id) as shares
    from ledger.shares
    where book_id = earning.book_id and share_id >> 6 = earning.earning_id) share
  where earning.deal_id = $1 order by earning.earning_id`;

describe('what was recorded of sales and bonuses', () => {
  let world: SalesWorld;

  beforeAll(async () => {
    world = await SalesWorld.create();
  });

  afterAll(() => world.destroy());

  it('is computed again to the cent from rule and facts: tiers, a cap, bounds, a fee on top, refunds between', async () => {
    const brandId = await world.brand();
    const [influencerId, platformId, agencyId] = [randomUUID(), randomUUID(), randomUUID()];
    const planOf = (share: string) =>
      compileSplitPlan(
        influencerId,
        [
          { partyId: platformId, role: 'platform', of: 'on_top', share, minMinor: '25' },
          { partyId: agencyId, role: 'agency', of: 'gross', share: '1/3', maxMinor: '400' },
        ],
        'EUR',
      );
    const terms = {
      influencerId,
      plans: { note_commission: planOf('0.05'), livestream_commission: planOf('0.07') },
      commission: {
        livestreamRate: '0.20',
        tiers: [{ fromNetSalesMinor: 100_00n, rate: '0.155' }],
        capMinor: 40_00n,
        bonuses: [
          {
            id: 'b',
            metric: 'net_sales',
            threshold: 150_00n,
            amountMinor: 7_77n,
            splitBy: 'livestream_commission',
          } as const,
        ],
      },
    };
    const { dealId } = world.deal(brandId, 'YUKI', terms);
    world.deal(brandId, 'LIVE', { ...terms, dealId, kind: 'livestream_commission' });
    const sell = (externalId: string, code: string, baseMinor: bigint) =>
      world.sales(brandId, saleEvent({ externalId, code, baseMinor }));
    await sell('1', 'YUKI', 66_67n);
    await sell('2', 'LIVE', 33_33n);
    await sell('3', 'YUKI', 77_77n);
    await world.refunds(brandId, refundEvent({ saleExternalId: '1', amountMinor: 20_01n }));
    await sell('4', 'YUKI', 100_01n);
    await sell('5', 'LIVE', 90_00n);
    const stored = await world.rowsFor<StoredEarning>(systemActor('test'), STORED, [dealId]);
    expect(stored).toHaveLength(6);
    for (const earning of stored) {
      const { grossMinor, parts } = replayEarning(earning.rule, {
        sourceId: earning.source_id,
        baseMinor: BigInt(earning.base),
        netSalesBeforeMinor: earning.net_sales_before === null ? null : BigInt(earning.net_sales_before),
        capLeftMinor: earning.cap_left === null ? null : BigInt(earning.cap_left),
      });
      expect(`${grossMinor}`).toBe(earning.gross);
      expect(parts.map(({ amountMinor }) => `${amountMinor}`)).toEqual(earning.amounts);
      expect(parts.map(({ share }) => share)).toEqual(earning.shares);
    }
    const capped = stored.filter(({ cap_left }) => cap_left !== null && BigInt(cap_left) < 40_00n);
    expect(capped.length).toBeGreaterThan(0);
  });
});
