import { ANONYMOUS, type Actor, Forbidden, NotFound } from '@evenhand/kernel';
import { briefIn, everyKind, limitsIn, mixIn } from '../../../../test/support/deal-samples';
import { DealWorld, type Someone } from '../../../../test/support/deal-world';
import { ApproveDeliverable } from '../application/approve-deliverable';
import { CancelDeal } from '../application/cancel-deal';
import { CompleteDeal } from '../application/complete-deal';
import { FundDeal } from '../application/fund-deal';
import { GetDeal } from '../application/get-deal';
import { ListDeals } from '../application/list-deals';
import { ReceiveGift } from '../application/receive-gift';
import { SetLinkDestination } from '../application/set-link-destination';
import { ShipGift } from '../application/ship-gift';
import { SubmitDeliverable } from '../application/submit-deliverable';

const TABLES = [
  'deals',
  'deliverables',
  'milestones',
  'deliverable_versions',
  'gifts',
  'tracking_codes',
  'state_changes',
];

let world: DealWorld;
let brand: Someone;
let influencer: Someone;
let agency: Someone;
let dealId: string;
let deliverableId: string;
let mandateId: string;

beforeAll(async () => {
  world = await DealWorld.open();
  brand = await world.signUpBrand();
  influencer = await world.signUpInfluencer();
  agency = await world.signUpAgency();
  ({ mandateId } = await world.mandate(agency, influencer, everyKind({ of: 'gross', share: '0.1' })));
  await world.credit(brand, 'EUR', 1_000_000n);
  const campaignId = await world.publishCampaign(brand, briefIn('EUR'), limitsIn('EUR'));
  dealId = await world.accept(brand, await world.bid(campaignId, influencer, mixIn('EUR')));
  await world.fund(brand, dealId);
  deliverableId = (await world.deal(brand, dealId)).deliverables[0]?.id ?? '';
  const actor = await world.actor(influencer);
  await world.get(SubmitDeliverable).execute({ actor, deliverableId, caption: '#广告', mediaUrls: [] });
}, 60_000);

afterAll(() => world.close());

async function rowsSeen(actor: Actor): Promise<Record<string, number>> {
  const seen: Record<string, number> = {};
  for (const table of TABLES) {
    const [row] = await world.sql(actor, `select count(*)::integer as rows from deals.${table}`);
    seen[table] = Number(row?.['rows']);
  }
  return seen;
}

const EVERYTHING = {
  deals: 1,
  deliverables: 3,
  milestones: 3,
  deliverable_versions: 1,
  gifts: 1,
  tracking_codes: 2,
  state_changes: 3,
};
const NOTHING = Object.fromEntries(TABLES.map((table) => [table, 0]));

/** Every command on the deal or its deliverable. */
function commands(actor: Actor): readonly (() => Promise<unknown>)[] {
  return [
    () => world.get(FundDeal).execute({ actor, dealId, idempotencyKey: 'x' }),
    () => world.get(ShipGift).execute({ actor, dealId, carrier: 'x', trackingNumber: null }),
    () => world.get(ReceiveGift).execute({ actor, dealId }),
    () => world.get(SubmitDeliverable).execute({ actor, deliverableId, caption: 'x', mediaUrls: [] }),
    () => world.get(ApproveDeliverable).execute({ actor, deliverableId }),
    () => world.get(CompleteDeal).execute({ actor, dealId }),
    () => world.get(CancelDeal).execute({ actor, dealId, reason: 'x' }),
    () => world.get(SetLinkDestination).execute({ actor, dealId, destination: null }),
  ];
}

describe('row-level security', () => {
  it('shows a deal whole to both sides, to the agency that represents one of them, and to staff', async () => {
    for (const someone of [brand, influencer, agency]) {
      expect(await rowsSeen(await world.actor(someone))).toEqual(EVERYTHING);
    }
    expect(await rowsSeen(await world.operator())).toEqual(EVERYTHING);
    const finance = { ...(await world.operator()), staffRoles: ['finance_approver'] as const };
    expect(await rowsSeen(finance)).toEqual(EVERYTHING);
  });

  it('shows nothing to rivals, nor to nobody', async () => {
    const rivals = [
      await world.signUpBrand('Rival'),
      await world.signUpInfluencer('Rival'),
      await world.signUpAgency(),
    ];
    for (const rival of rivals) expect(await rowsSeen(await world.actor(rival))).toEqual(NOTHING);
    expect(await rowsSeen(ANONYMOUS)).toEqual(NOTHING);
  });

  it('lets a rival neither write into a deal nor bring one about', async () => {
    const rival = await world.actor(await world.signUpBrand('Rival'));
    for (const table of ['deals', 'deliverables', 'gifts'] as const) {
      const changed = await world.sql(rival, `update deals.${table} set state = state returning 1`);
      expect(changed).toEqual([[], 0]);
    }
    const forge = `insert into deals.state_changes (deal_id, brand_id, influencer_id, event, subject_id, to_state, user_id,
        changed_at)
      values ($1, $2, $3, 'deal_completed', $1, 'completed', $4, now())`;
    const values = [dealId, brand.partyId, influencer.partyId, rival.userId];
    await expect(world.sql(rival, forge, values)).rejects.toThrow(/row-level security/);
  });
});

describe('commands', () => {
  it('answer a stranger that the deal does not exist', async () => {
    const rival = await world.actor(await world.signUpBrand('Rival'));
    for (const command of commands(rival)) await expect(command()).rejects.toThrow(NotFound);
    await expect(world.get(GetDeal).execute({ actor: rival, dealId })).rejects.toThrow(NotFound);
    const page = { first: 10, after: null };
    expect(await world.get(ListDeals).execute({ actor: rival, filter: {}, page })).toMatchObject({
      rows: [],
      totalCount: 0,
      totals: [],
    });
  });

  it("are each side's own", async () => {
    const viewer = { ...(await world.actor(brand)), influencerId: null };
    const viewing = { ...viewer, memberships: viewer.memberships.map((one) => ({ ...one, role: 'viewer' as const })) };
    for (const command of commands(viewing)) await expect(command()).rejects.toThrow(Forbidden);
    const [fund, ship, , , approve, complete, , link] = commands(await world.actor(influencer));
    for (const command of [fund, ship, approve, complete, link]) await expect(command?.()).rejects.toThrow(Forbidden);
    const [, , receive, submit] = commands(await world.actor(brand));
    for (const command of [receive, submit]) await expect(command?.()).rejects.toThrow(Forbidden);
  });

  it('are lost to an agency with its mandate', async () => {
    expect(await world.deal(agency, dealId)).toMatchObject({ id: dealId });
    await world.endMandate(agency, mandateId);
    const actor = await world.actor(agency);
    for (const command of commands(actor)) await expect(command()).rejects.toThrow(NotFound);
    expect(await rowsSeen(actor)).toEqual(NOTHING);
  });
});
