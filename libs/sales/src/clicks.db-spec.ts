import { systemActor } from '@evenhand/kernel';
import { SystemCalls } from '@evenhand/platform';
import { DataSource } from 'typeorm';
import { eventually } from '../../../test/support/eventually';
import { NOW, person, SalesWorld } from '../../../test/support/sales/sales-world';
import { BufferedClickLog } from './infrastructure/tracking/buffered-click-log';
import { CachedLinkTargets } from './infrastructure/tracking/cached-link-targets';
import { clickOf } from './domain/click';

const SYSTEM = systemActor('test');
const SHOP = 'https://shop.example.com/bag';
const CRAWLER = { userAgent: 'Googlebot/2.1', purpose: null };

describe('clicks on links', () => {
  let world: SalesWorld;

  beforeAll(async () => {
    world = await SalesWorld.create();
  });

  afterAll(() => world.destroy());

  async function link(slug: string, destination: string | null = SHOP) {
    const brandId = await world.brand();
    return world.deal(brandId, slug, { slug, linkDestination: destination });
  }

  const clicksOf = (dealId: string) =>
    world.rowsFor<Record<string, unknown>>(SYSTEM, 'select * from sales.clicks where deal_id = $1 order by click_id', [
      dealId,
    ]);
  const countsOf = async (dealId: string, actor: Parameters<SalesWorld['rowsFor']>[0] = SYSTEM) => {
    const sql = 'select total::integer, filtered::integer from sales.click_counts where deal_id = $1';
    return (await world.rowsFor<{ total: number; filtered: number }>(actor, sql, [dealId]))[0] ?? null;
  };

  /** The counts, once so many are stored. */
  const countOnce = (dealId: string, total: number) =>
    eventually(
      () => countsOf(dealId),
      (counts) => counts?.total === total,
    );

  it('lead to the shop, which is told their id, and are stored without anything of the visitor', async () => {
    const deal = await link('first');
    const answer = await world.follow('FIRST', { referrer: 'https://www.xiaohongshu.com/explore/1?token=x' });
    const [click] = await eventually(
      () => clicksOf(deal.dealId),
      (clicks) => clicks.length > 0,
    );
    expect(click).toEqual({
      brand_id: deal.brandId,
      click_id: expect.any(String) as string,
      deal_id: deal.dealId,
      link_slug: 'first',
      clicked_at: NOW,
      is_filtered: false,
      referrer_host: 'www.xiaohongshu.com',
      forget_at: new Date('2026-07-31T00:00:00Z'),
    });
    expect(answer).toMatchObject({ found: true });
    expect('location' in answer && answer.location).toMatch(
      /^https:\/\/shop\.example\.com\/bag\?eh_click=click_[0-9a-z]{26}$/,
    );
  });

  it('are counted apart where a machine makes them, and not at all where somebody only asks', async () => {
    const deal = await link('apart');
    await Promise.all([world.follow('apart'), world.follow('apart'), world.follow('apart', { visitor: CRAWLER })]);
    expect(await world.follow('apart', { isVisit: false })).toEqual({ found: true, location: SHOP });
    expect(await countOnce(deal.dealId, 3)).toEqual({ total: 3, filtered: 1 });
  });

  it('lead nowhere where the link is unknown or the brand has not said where to', async () => {
    const deal = await link('nowhere', null);
    expect(await world.follow('nowhere')).toEqual({ found: false, because: 'no_destination' });
    for (const slug of ['unknown', '', 'a b', 'x'.repeat(65), '../..']) {
      expect(await world.follow(slug)).toEqual({ found: false, because: 'unknown_link' });
    }
    expect(await countsOf(deal.dealId)).toBeNull();
  });

  it('are counted for the two sides and staff, and shown one by one to nobody', async () => {
    const deal = await link('sides');
    await world.follow('sides');
    await countOnce(deal.dealId, 1);
    const brand = person({ memberships: [{ partyId: deal.brandId, kind: 'brand', role: 'viewer' }] });
    const influencer = person({ influencerId: deal.influencerId });
    const finance = person({ staffRoles: ['finance_approver'] });
    for (const actor of [brand, influencer, finance]) {
      expect(await countsOf(deal.dealId, actor)).toEqual({ total: 1, filtered: 0 });
      expect(await world.rowsFor(actor, 'select 1 from sales.clicks')).toEqual([]);
    }
    expect(await countsOf(deal.dealId, person({}))).toBeNull();
  });

  it('ask the database once for many links, and not again for one that is unknown', async () => {
    const asked = jest.spyOn(world.deals, 'findByLinkSlugs');
    const guesses = Array.from({ length: 500 }, (_, index) => `guess-${index}`);
    for (let time = 0; time < 2; time += 1) await Promise.all(guesses.map((slug) => world.follow(slug)));
    expect(asked.mock.calls.map(([, slugs]) => slugs.length)).toEqual([500]);
    asked.mockRestore();
  });

  it('lead to where they led last while the database does not answer', async () => {
    const deal = await link('outage');
    const targets = new CachedLinkTargets(world.uow, world.deals);
    expect(await targets.find('outage')).toMatchObject({ dealId: deal.dealId });
    const later = performance.now() + 60_000;
    const clock = jest.spyOn(performance, 'now').mockReturnValue(later);
    const asked = jest.spyOn(world.deals, 'findByLinkSlugs').mockRejectedValue(new Error('Connection terminated'));
    expect(await targets.find('outage')).toMatchObject({ dealId: deal.dealId });
    await expect(targets.find('never-seen')).rejects.toThrow('Connection terminated');
    expect(asked).toHaveBeenCalledTimes(2);
    clock.mockRestore();
    asked.mockRestore();
  });

  describe('in the buffer', () => {
    function clickOn(deal: Awaited<ReturnType<typeof link>>, clickId: string) {
      const visit = { clickId, linkSlug: 'x', clickedAt: NOW, isFiltered: false, referrer: null };
      return clickOf(visit, { ...deal, destination: SHOP, attributionWindowDays: 30 });
    }

    it('are all stored before the process ends', async () => {
      const deal = await link('ending');
      const log = new BufferedClickLog(world.get(SystemCalls));
      for (let index = 0; index < 2_500; index += 1) log.add(clickOn(deal, uuid(index)));
      await log.onApplicationShutdown();
      expect(await countsOf(deal.dealId)).toEqual({ total: 2_500, filtered: 0 });
      expect(log.state()).toEqual({ waiting: 0, lost: 0 });
    });

    it('count once, though they are stored again because the answer was lost', async () => {
      const deal = await link('twice');
      for (let time = 0; time < 2; time += 1) {
        const log = new BufferedClickLog(world.get(SystemCalls));
        for (let index = 3_000; index < 3_010; index += 1) log.add(clickOn(deal, uuid(index)));
        await log.onApplicationShutdown();
      }
      expect(await countsOf(deal.dealId)).toEqual({ total: 10, filtered: 0 });
    });

    it('wait while the database does not take them, are no more than fit, and are then stored', async () => {
      const deal = await link('flood');
      const calls = new UnwillingCalls(world.get(DataSource));
      const log = new BufferedClickLog(calls);
      for (let index = 0; index < 50_007; index += 1) log.add(clickOn(deal, uuid(10_000 + index)));
      await eventually(
        () => Promise.resolve(calls.refused),
        (refused) => refused > 0,
      );
      expect(log.state()).toEqual({ waiting: 50_000, lost: 7 });
      calls.isWilling = true;
      await log.onApplicationShutdown();
      expect(log.state()).toEqual({ waiting: 0, lost: 7 });
      expect(await countsOf(deal.dealId)).toEqual({ total: 50_000, filtered: 0 });
    }, 30_000);
  });
});

/** The real calls, once the database is said to answer again. */
class UnwillingCalls extends SystemCalls {
  isWilling = false;
  refused = 0;

  override call(...call: Parameters<SystemCalls['call']>): Promise<unknown> {
    if (this.isWilling) return super.call(...call);
    this.refused += 1;
    return Promise.reject(new Error('Connection terminated'));
  }
}

function uuid(index: number): string {
  return `00000000-0000-7000-8000-${index.toString(16).padStart(12, '0')}`;
}
