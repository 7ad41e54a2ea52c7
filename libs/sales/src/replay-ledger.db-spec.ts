import { randomUUID } from 'node:crypto';
import { Forbidden, NotFound, systemActor } from '@evenhand/kernel';
import { compileSplitPlan } from '@evenhand/ledger';
import { Client } from 'pg';
import { person, refundEvent, SalesWorld } from '../../../test/support/sales/sales-world';
import { saleEvent } from '../../../test/support/sales/tracked-deal';
import { MendProblem, ReplayLedger } from './index';

const SYSTEM = systemActor('test');

describe('the ledger of a campaign, rebuilt from raw events', () => {
  let world: SalesWorld;
  let owner: Client;
  let brandId: string;
  let campaignId: string;
  let dealId: string;

  beforeAll(async () => {
    world = await SalesWorld.create();
    owner = new Client({ connectionString: world.databaseUrl });
    await owner.connect();
    brandId = await world.brand();
    ({ campaignId, dealId } = bigDeal(brandId));
    await sellAndRefund(brandId);
  }, 60_000);

  afterAll(async () => {
    await owner.end();
    await world.destroy();
  });

  const replay = (command: { campaignId?: string; dealId?: string } = { campaignId }) =>
    world.get(ReplayLedger).execute({ actor: SYSTEM, campaignId: null, dealId: null, ...command });

  /** Tiers, a cap, bounded cuts, a fee on top, a livestream rate and a bonus. */
  function bigDeal(ofBrand: string) {
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
    const bonus = { id: 'b', metric: 'net_sales', threshold: 150_00n, amountMinor: 7_77n, splitBy: 'note_commission' };
    const terms = {
      influencerId,
      plans: { note_commission: planOf('0.05'), livestream_commission: planOf('0.07') },
      commission: {
        livestreamRate: '0.20',
        tiers: [{ fromNetSalesMinor: 100_00n, rate: '0.155' }],
        capMinor: 40_00n,
        bonuses: [bonus as { [Key in keyof typeof bonus]: never }],
      },
    };
    const deal = world.deal(ofBrand, 'YUKI', terms);
    world.deal(ofBrand, 'LIVE', { ...terms, ...deal, kind: 'livestream_commission' });
    return deal;
  }

  async function sellAndRefund(ofBrand: string): Promise<void> {
    const lines = [
      { lineId: 'a', quantity: 3, unitPriceMinor: 11_11n, discountMinor: 1_00n },
      { lineId: 'b', quantity: 1, unitPriceMinor: 20_00n, taxMinor: 3_33n },
    ];
    const sell = (externalId: string, code: string, change: object) =>
      world.sales(ofBrand, saleEvent({ externalId, code, ...change }));
    await world.refunds(ofBrand, refundEvent({ externalId: 'early', saleExternalId: '3', amountMinor: 7_77n }));
    await sell('1', 'YUKI', { lines });
    await sell('2', 'LIVE', { baseMinor: 33_33n });
    await sell('3', 'YUKI', { baseMinor: 77_77n });
    const units = { lines: [{ lineId: 'a', quantity: 2 }] };
    await world.refunds(ofBrand, refundEvent({ externalId: 'units', saleExternalId: '1', ...units }));
    await sell('4', 'YUKI', { baseMinor: 100_01n });
    await world.refunds(ofBrand, refundEvent({ externalId: 'whole', saleExternalId: '2', full: true }));
    await sell('5', 'TYPO', { baseMinor: 90_00n });
    const page = { first: 10, after: null };
    const inbox = await world.listIntakeProblems.execute({ actor: SYSTEM, filter: { brandId: ofBrand }, page });
    const problemId = inbox.rows[0]?.node.problemId ?? '';
    const mend = { brandId: ofBrand, problemId, deal: null, refund: null, rows: null, sale: { code: 'YUKI' } };
    await world.get(MendProblem).execute({ actor: SYSTEM, ...mend });
    world.deal(ofBrand, 'PLAIN', { campaignId });
    await sell('6', 'PLAIN', { baseMinor: 99_99n });
    await sell('7', 'PLAIN', { baseMinor: 0n });
    await world.refunds(ofBrand, refundEvent({ externalId: 'plain', saleExternalId: '6', amountMinor: 33_33n }));
  }

  it('is the same to the cent: tiers, caps, bounds, fees, lines, refunds early and late, mended events, bonuses', async () => {
    expect(await replay()).toMatchObject({ deals: 2, sales: 7, refunds: 4, bonuses: 2, differences: [] });
    expect(await replay({ dealId })).toMatchObject({ deals: 1, sales: 5, refunds: 3, differences: [] });
    expect(await replay({})).toMatchObject({ differences: [] });
    expect(await world.brokenLedger()).toEqual([]);
  });

  it.each([
    [
      'a share',
      'update ledger.shares set amount_minor = amount_minor + $1 where share_id = (select min(share_id) from ledger.shares)',
      'sale',
      /^share 1 is \d+ less \d+ for the platform .*, the raw events give \d+ less/,
    ],
    [
      'what a refund took back',
      `update ledger.shares set reversed_minor = reversed_minor + $1
       where share_id = (select min(share_id) from ledger.shares where reversed_minor > 0)`,
      'sale',
      /^share \d is \d+ less \d+/,
    ],
    [
      'the base of a sale',
      `update sales.sales set base_minor = base_minor + $1, order_base_minor = order_base_minor + $1 where external_id = '4'`,
      'sale',
      /^the sale has baseMinor 1000[02], the raw events give 10001$/,
    ],
    [
      'the gross of a bonus',
      `update ledger.earnings set gross_minor = gross_minor + $1
       where earning_id = (select min(earning_id) from ledger.earnings where source_type = 'bonus')`,
      'bonus',
      /^the ledger has grossMinor/,
    ],
  ])('names what a forger changed: %s', async (_what, forgery, what, finding) => {
    await owner.query(`set session_replication_role = 'replica'`);
    await owner.query(forgery.replaceAll('$1', '1'));
    try {
      const { differences } = await replay();
      expect(differences).toHaveLength(1);
      expect(differences[0]).toMatchObject({ what, dealId });
      expect(differences[0]?.findings).toEqual(expect.arrayContaining([expect.stringMatching(finding)]));
    } finally {
      await owner.query(forgery.replaceAll('$1', '(-1)'));
    }
    expect((await replay()).differences).toEqual([]);
  });

  it('is for finance and operators, and of campaigns that sold something', async () => {
    const owns = person({ memberships: [{ partyId: brandId, kind: 'brand', role: 'owner' }] });
    const command = { campaignId, dealId: null };
    await expect(world.get(ReplayLedger).execute({ actor: owns, ...command })).rejects.toThrow(Forbidden);
    const finance = person({ staffRoles: ['finance_preparer'] });
    expect(await world.get(ReplayLedger).execute({ actor: finance, ...command })).toMatchObject({ differences: [] });
    await expect(replay({ campaignId: randomUUID() })).rejects.toThrow(NotFound);
  });
});
