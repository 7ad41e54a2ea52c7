import type { Client } from 'pg';
import { briefIn, cashIn, limitsIn } from '../../../../test/support/deal-samples';
import type { DealWorld, Someone } from '../../../../test/support/deal-world';
import { withDealWorld } from '../../../../test/support/with-deal-world';
import { CancelDeal } from './cancel-deal';
import { GetDeal } from './get-deal';
import { TellTermEnds } from './tell-term-ends';

/** Of the clock's first day, 2026-03-01. */
const RIGHTS = { media: ['paid_social'], territory: ['CN', 'JP'], from: '2026-03-11', to: '2026-05-09' };

let world: DealWorld;
let owner: Client;
let brand: Someone;
let influencer: Someone;
let start: Date;

withDealWorld(async (made, connected) => {
  [world, owner] = [made, connected];
  [brand, influencer] = [await world.signUpBrand(), await world.signUpInfluencer()];
  start = world.clock.now();
});

beforeEach(() => setDay(0));

function setDay(day: number): void {
  world.clock.advanceDays((start.getTime() - world.clock.now().getTime()) / 86_400_000 + day);
}

async function dealWith(changes: Parameters<typeof briefIn>[1]): Promise<string> {
  const campaignId = await world.publishCampaign(brand, briefIn('EUR', changes), limitsIn('EUR'));
  return world.accept(brand, await world.bid(campaignId, influencer, cashIn('EUR')));
}

function tell(): Promise<{ readonly told: number }> {
  return world.get(TellTermEnds).execute({ now: world.clock.now(), limit: 100 });
}

async function toldOf(dealId: string): Promise<readonly string[]> {
  const { rows } = await owner.query<{ type: string; left: number }>(
    `select type, (payload ->> 'daysLeft')::integer as left from platform.outbox
     where subject_id = $1 and payload ->> 'daysLeft' is not null order by event_id`,
    [dealId],
  );
  return rows.map(({ type, left }) => `${type} ${left}`);
}

async function stateOf(dealId: string) {
  const view = await world.get(GetDeal).execute({ actor: await world.actor(brand), dealId });
  return [view.usageRights, view.exclusivity];
}

const ENDING = 'deals.usage_rights_ending';
const EXPIRED = 'deals.usage_rights_expired 0';

describe('usage rights', () => {
  it('are told of 30 and 7 days before their end and at it, once each under two schedulers', async () => {
    const dealId = await dealWith({ usageRights: RIGHTS });
    const told: string[] = [];
    // From 09:00 of the first day on: the last day, 9 May, is day 69 and is over on day 70 at midnight.
    for (const [day, state, news] of [
      [9, 'not_yet', []],
      [10, 'running', []],
      [39, 'running', []],
      [40, 'running', [`${ENDING} 30`]],
      [62, 'running', []],
      [63, 'running', [`${ENDING} 7`]],
      [69, 'running', []],
      [70, 'ended', [EXPIRED]],
      [71, 'ended', []],
    ] as const) {
      setDay(day);
      const runs = await Promise.all([tell(), tell(), tell()]);
      told.push(...news);
      expect({ day, told: await toldOf(dealId) }).toEqual({ day, told });
      expect(runs.reduce((sum, run) => sum + run.told, 0)).toBe(news.length);
      expect(await stateOf(dealId)).toEqual([state, null]);
    }
  });

  it('are caught up with by a run that is late, in order', async () => {
    const dealId = await dealWith({ usageRights: RIGHTS });
    setDay(400);
    expect(await tell()).toEqual({ told: 3 });
    expect(await toldOf(dealId)).toEqual([`${ENDING} 30`, `${ENDING} 7`, EXPIRED]);
    const { rows } = await owner.query(
      `select payload - '{dealId,bidId,campaignId,brandId,influencerId,subjectId,cash}'::text[] as told
       from (select payload::jsonb, event_id from platform.outbox where subject_id = $1 and type = $2) as fact`,
      [dealId, 'deals.usage_rights_expired'],
    );
    expect(rows).toEqual([
      {
        told: {
          media: RIGHTS.media,
          territory: RIGHTS.territory,
          firstDay: RIGHTS.from,
          lastDay: RIGHTS.to,
          daysLeft: 0,
          from: 'running',
          to: 'ended',
          by: 'system',
          agencyId: null,
          commissionReserve: null,
          occurredAt: world.clock.now().toISOString(),
        },
      },
    ]);
    const { rows: history } = await owner.query(
      `select event, note, system_name from deals.state_changes where deal_id = $1 and system_name is not null
       order by change_id`,
      [dealId],
    );
    expect(history[2]).toEqual({
      event: 'usage_rights_expired',
      note: 'The last day was 2026-05-09.',
      system_name: 'tell-term-ends',
    });
  });

  it('of a cancelled deal are nobody’s, and nothing is told of them', async () => {
    const dealId = await dealWith({ usageRights: RIGHTS });
    await world.get(CancelDeal).execute({ actor: await world.actor(brand), dealId, reason: 'Sold out' });
    setDay(400);
    expect(await tell()).toEqual({ told: 0 });
    expect(await toldOf(dealId)).toEqual([]);
    expect(await stateOf(dealId)).toEqual([null, null]);
    const due = 'select count(*)::integer as due from deals.term_notices where due_at is not null';
    expect((await owner.query(due)).rows).toEqual([{ due: 0 }]);
  });
});

describe('an exclusivity', () => {
  it('is told of in the same way', async () => {
    const exclusivity = { category: 'handbags', from: '2026-03-01', to: '2026-05-09' };
    const dealId = await dealWith({ exclusivity });
    expect(await stateOf(dealId)).toEqual([null, 'running']);
    setDay(70);
    expect(await tell()).toEqual({ told: 3 });
    expect(await toldOf(dealId)).toEqual([
      'deals.exclusivity_ending 30',
      'deals.exclusivity_ending 7',
      'deals.exclusivity_ended 0',
    ]);
    expect(await stateOf(dealId)).toEqual([null, 'ended']);
  });
});
