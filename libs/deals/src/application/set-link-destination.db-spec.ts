import { systemActor } from '@evenhand/kernel';
import { briefIn, cashIn, commissionIn, limitsIn } from '../../../../test/support/deal-samples';
import { DealWorld, type Someone } from '../../../../test/support/deal-world';
import { InvalidLinkDestination, NoCommissionInDeal } from '../domain/errors';
import { CancelDeal } from './cancel-deal';
import { DealDirectory } from './deal-directory';
import { SetLinkDestination } from './set-link-destination';

const SHOP = 'https://shop.example.com/bag';

describe('where the links of a deal lead', () => {
  let world: DealWorld;
  let brand: Someone;

  beforeAll(async () => {
    world = await DealWorld.open();
    brand = await world.signUpBrand();
  }, 60_000);

  afterAll(() => world.close());

  async function dealOf(compensation: Parameters<DealWorld['bid']>[2]): Promise<string> {
    const campaignId = await world.publishCampaign(brand, briefIn('EUR'), limitsIn('EUR'));
    return world.accept(brand, await world.bid(campaignId, await world.signUpInfluencer(), compensation));
  }

  const set = async (dealId: string, destination: string | null) =>
    world.get(SetLinkDestination).execute({ actor: await world.actor(brand), dealId, destination });

  it('is said by the brand, at any time, and stands in the history of the deal', async () => {
    const dealId = await dealOf({ cash: null, gift: null, commission: commissionIn('EUR') });
    await set(dealId, `${SHOP} `);
    await set(dealId, SHOP);
    expect((await world.deal(brand, dealId)).linkDestination).toBe(SHOP);
    const slug = (await world.deal(brand, dealId)).codes[0]?.linkSlug ?? '';
    const found = await world.asSystem((tx) => world.get(DealDirectory).findByLinkSlugs(tx, [slug]));
    expect(found.get(slug)?.linkDestination).toBe(SHOP);
    await world.get(CancelDeal).execute({ actor: await world.actor(brand), dealId, reason: 'x' });
    await set(dealId, null);
    const history = await world.sql(
      systemActor('test'),
      `select from_state, to_state, user_id from deals.state_changes
       where deal_id = $1 and event = 'link_destination_set' order by change_id`,
      [dealId],
    );
    expect(history).toEqual([
      { from_state: 'nowhere', to_state: SHOP, user_id: brand.userId },
      { from_state: SHOP, to_state: 'nowhere', user_id: brand.userId },
    ]);
  });

  it('is refused by name where it is no public page, or where there are no links', async () => {
    const dealId = await dealOf({ cash: null, gift: null, commission: commissionIn('EUR') });
    await expect(set(dealId, 'http://shop.example.com/')).rejects.toThrow(InvalidLinkDestination);
    await expect(set(await dealOf(cashIn('EUR')), SHOP)).rejects.toThrow(NoCommissionInDeal);
  });
});
