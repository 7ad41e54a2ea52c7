import { OffPlatformLink } from '@evenhand/campaigns';
import { Forbidden, InvalidInput, InvalidTransition, NotFound } from '@evenhand/kernel';
import { AddChannel } from '@evenhand/parties';
import { briefIn, cashIn, limitsIn } from '../../../../../test/support/deal-samples';
import type { DealWorld, Someone } from '../../../../../test/support/deal-world';
import { withDealWorld } from '../../../../../test/support/with-deal-world';
import {
  DeliverableNotPublished,
  DisclosureMissing,
  InvalidLivestreamTimes,
  LivestreamsOverlap,
  LivestreamTooShort,
  LiveUrlAlreadyUsed,
  LiveUrlNotAPost,
  LiveUrlOfAnotherChannel,
  LiveUrlOffCampaign,
  NotALivestream,
} from '../../domain/publication/errors';
import { ApproveDeliverable } from '../approve-deliverable';
import type { Deliverable } from '../deal';
import { SubmitDeliverable } from '../submit-deliverable';
import { AcceptShortLivestream } from './accept-short-livestream';
import { ConfirmPublication } from './confirm-publication';
import { PlanLivestream } from './plan-livestream';
import { PublishDeliverable, type PublishDeliverableCommand } from './publish-deliverable';

let world: DealWorld;
let brand: Someone;
let mika: Someone;

withDealWorld(async (made) => {
  world = made;
  brand = await world.signUpBrand();
  mika = await world.signUpInfluencer('Mika');
  await world.credit(brand, 'EUR', 100_000_000n);
  const actor = await world.actor(mika);
  const audience = { countries: [], ages: [], genders: [] };
  const tiktok = { platform: 'tiktok', handle: 'mika.tokyo', url: 'https://www.tiktok.com/@mika.tokyo' } as const;
  await world.get(AddChannel).execute({ actor, ...tiktok, followers: 500_000n, audience });
});

/** Two notes and a livestream of an hour at least, approved, for whoever it is of. */
async function approvedWork(influencer: Someone = mika): Promise<readonly [Deliverable, Deliverable, Deliverable]> {
  const base = briefIn('EUR', { channels: ['xiaohongshu', 'tiktok'] });
  const deliverables = base.deliverables.map((spec) =>
    spec.kind === 'livestream' ? { ...spec, minimumMinutes: 60 } : spec,
  );
  const campaignId = await world.publishCampaign(brand, { ...base, deliverables }, limitsIn('EUR'));
  const dealId = await world.accept(brand, await world.bid(campaignId, influencer, cashIn('EUR')));
  await world.fund(brand, dealId);
  const work = (await world.deal(brand, dealId)).deliverables;
  const actor = await world.actor(influencer);
  for (const { id: deliverableId } of work) {
    await world.get(SubmitDeliverable).execute({ actor, deliverableId, caption: '小包去银座 #广告', mediaUrls: [] });
    await world.get(ApproveDeliverable).execute({ actor: await world.actor(brand), deliverableId });
  }
  const [one, other] = work.filter(({ kind }) => kind === 'image_note');
  const live = work.find(({ kind }) => kind === 'livestream');
  if (!one || !other || !live) throw new Error('The brief asks for them.');
  return [one, other, live];
}

type Facts = Omit<PublishDeliverableCommand, 'actor' | 'deliverableId'>;

async function publish({ id: deliverableId }: Deliverable, facts: Facts, by = mika) {
  return world.get(PublishDeliverable).execute({ actor: await world.actor(by), deliverableId, ...facts });
}

async function confirm({ id: deliverableId }: Deliverable, by = brand) {
  return world.get(ConfirmPublication).execute({ actor: await world.actor(by), deliverableId });
}

async function accept({ id: deliverableId }: Deliverable, minutes: number, by = brand) {
  return world.get(AcceptShortLivestream).execute({ actor: await world.actor(by), deliverableId, minutes });
}

async function stateOf({ id }: Deliverable): Promise<Deliverable> {
  const [row] = await world.sql(await world.actor(brand), 'select deal_id from deals.deliverables where id = $1', [id]);
  const { deliverables } = await world.deal(brand, String(row?.['deal_id']));
  return deliverables.find((one) => one.id === id) as Deliverable;
}

let notes = 0;
const freshNote = () => `https://www.xiaohongshu.com/explore/note${(notes += 1)}`;
const minutesAgo = (minutes: number) => new Date(world.clock.now().getTime() - minutes * 60_000);
const aired = (from: number, to: number) => ({ startedAt: minutesAgo(from), endedAt: minutesAgo(to) });

describe('a post', () => {
  it('that its address proves is published at once, with nothing to confirm', async () => {
    const [note] = await approvedWork();
    await publish(note, { liveUrl: 'https://www.tiktok.com/@Mika.Tokyo/video/7300000000000000001' });
    const { progress, publication } = await stateOf(note);
    expect(progress.state).toBe('published');
    expect(publication).toMatchObject({
      platform: 'tiktok',
      check: 'proven',
      doubt: null,
      caption: '小包去银座 #广告',
    });
    expect(publication?.channelId).not.toBeNull();
    await expect(confirm(note)).rejects.toThrow(InvalidTransition);
  });

  it('that its address does not prove is for a manager of the brand to confirm, once', async () => {
    const [note, other] = await approvedWork();
    await publish(note, { liveUrl: freshNote() });
    expect((await stateOf(note)).publication).toMatchObject({ check: 'to_confirm', doubt: 'channel_not_listed' });
    await expect(confirm(note, mika)).rejects.toThrow(Forbidden);
    await expect(confirm(note, await world.signUpBrand('Rival'))).rejects.toThrow(NotFound);
    await expect(confirm(other)).rejects.toThrow(DeliverableNotPublished);
    await confirm(note);
    const confirmedAt = world.clock.now();
    expect((await stateOf(note)).publication).toMatchObject({ check: 'confirmed', confirmedAt });
    await expect(confirm(note)).rejects.toThrow(InvalidTransition);
  });

  it.each([
    ['a profile', { liveUrl: 'https://www.tiktok.com/@mika.tokyo' }, LiveUrlNotAPost],
    ['another platform', { liveUrl: 'https://www.youtube.com/shorts/dQw4w9WgXcQ' }, LiveUrlOffCampaign],
    ['another channel', { liveUrl: 'https://www.tiktok.com/@rival/video/73' }, LiveUrlOfAnotherChannel],
    ['no disclosure', { liveUrl: 'https://www.xiaohongshu.com/explore/x', caption: '小包去银座' }, DisclosureMissing],
    ['a link', { liveUrl: 'https://www.xiaohongshu.com/explore/x', caption: '#广告 加V' }, OffPlatformLink],
    ['an empty caption', { liveUrl: 'https://www.xiaohongshu.com/explore/x', caption: ' ' }, InvalidInput],
    [
      'times of a livestream',
      { liveUrl: 'https://www.xiaohongshu.com/explore/x', airing: { startedAt: new Date(0), endedAt: new Date(1) } },
      InvalidLivestreamTimes,
    ],
  ])('with %s is refused, and nothing is written', async (_what, facts, error) => {
    const [note] = await approvedWork();
    await expect(publish(note, facts)).rejects.toThrow(error);
    expect(await stateOf(note)).toMatchObject({ progress: { state: 'approved', liveUrl: null }, publication: null });
  });

  it('counts for one deliverable, however its address is written, and for one influencer', async () => {
    const [note, other] = await approvedWork();
    const [later] = await approvedWork();
    await publish(note, { liveUrl: 'https://www.xiaohongshu.com/explore/once?xsec_token=AB' });
    for (const again of [other, later]) {
      const taken = publish(again, { liveUrl: 'https://xiaohongshu.com/discovery/item/once' });
      await expect(taken).rejects.toThrow(LiveUrlAlreadyUsed);
    }
    // Whoever gives an address first must not keep its owner from giving it.
    const owner = await world.signUpInfluencer('Owner');
    const [hers] = await approvedWork(owner);
    await publish(hers, { liveUrl: 'https://www.xiaohongshu.com/explore/once' }, owner);
  });

  it('is recorded once, of two who say it at the same time', async () => {
    const [note, other] = await approvedWork();
    const liveUrl = freshNote();
    const results = await Promise.allSettled([publish(note, { liveUrl }), publish(other, { liveUrl })]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  it('keeps the caption as it was published', async () => {
    const [note] = await approvedWork();
    await publish(note, { liveUrl: freshNote(), caption: '小包去银座，真好 #合作' });
    expect((await stateOf(note)).publication?.caption).toBe('小包去银座，真好 #合作');
  });
});

describe('a livestream', () => {
  it('is planned by the influencer’s side, until it is published', async () => {
    const [note, , live] = await approvedWork();
    const plan = async (deliverable: Deliverable, plannedStart: Date, by = mika) =>
      world.get(PlanLivestream).execute({ actor: await world.actor(by), deliverableId: deliverable.id, plannedStart });
    const tomorrow = minutesAgo(-1_440);
    await plan(live, tomorrow);
    expect((await stateOf(live)).plan.plannedStart).toEqual(tomorrow);
    await expect(plan(live, tomorrow, brand)).rejects.toThrow(Forbidden);
    await expect(plan(live, minutesAgo(1))).rejects.toThrow(InvalidInput);
    await expect(plan(note, tomorrow)).rejects.toThrow(NotALivestream);
    await publish(live, { liveUrl: freshNote(), airing: aired(10_000, 9_900) });
    await expect(plan(live, tomorrow)).rejects.toThrow(InvalidTransition);
  });

  it('lasts as long as the brief asks, or as long as the brand accepts', async () => {
    const [note, , live] = await approvedWork();
    const facts = { liveUrl: freshNote(), airing: aired(9_000, 8_941) };
    await expect(publish(live, { liveUrl: facts.liveUrl })).rejects.toThrow(InvalidLivestreamTimes);
    await expect(publish(live, facts)).rejects.toThrow(new LivestreamTooShort(60, 59).message);
    await expect(accept(live, 50, mika)).rejects.toThrow(Forbidden);
    await expect(accept(live, 60)).rejects.toThrow(InvalidInput);
    await expect(accept(note, 50)).rejects.toThrow(NotALivestream);
    await accept(live, 50);
    await accept(live, 59);
    await publish(live, facts);
    const { plan, publication } = await stateOf(live);
    expect(plan).toMatchObject({ acceptedMinutes: 59, acceptedAt: world.clock.now() });
    expect(publication?.airing).toEqual(facts.airing);
    await expect(accept(live, 40)).rejects.toThrow(InvalidTransition);
    const sql = 'select minutes, accepted_by from deals.short_livestreams where deliverable_id = $1';
    const [kept] = await world.sql(await world.actor(brand), sql, [live.id]);
    expect(kept).toEqual({ minutes: 59, accepted_by: brand.userId });
  });

  it('is not on while another of hers is on the same platform, and may follow it at once', async () => {
    const [, , first] = await approvedWork();
    const [, , second] = await approvedWork();
    const url = (id: number) => `https://www.tiktok.com/@mika.tokyo/video/${id}`;
    await publish(first, { liveUrl: url(1), airing: aired(5_000, 4_900) });
    const overlapping = publish(second, { liveUrl: url(2), airing: aired(4_901, 4_800) });
    await expect(overlapping).rejects.toThrow(LivestreamsOverlap);
    await publish(second, { liveUrl: url(2), airing: aired(4_900, 4_800) });
  });
});

describe('row-level security', () => {
  it('lets neither the influencer confirm, nor the brand publish', async () => {
    const [note, other] = await approvedWork();
    await publish(note, { liveUrl: freshNote() });
    const her = await world.actor(mika);
    const confirmed = `update deals.publications set check_state = 'confirmed', confirmed_at = now(), confirmed_by = $2
      where deliverable_id = $1 returning deliverable_id`;
    expect(await world.sql(her, confirmed, [note.id, mika.userId])).toEqual([[], 0]);
    const added = `insert into deals.publications select $1, platform, post_key || 'x', null, caption, check_state, doubt,
      null, null, null, null, deal_id, brand_id, influencer_id from deals.publications where deliverable_id = $2`;
    await expect(world.sql(await world.actor(brand), added, [other.id, note.id])).rejects.toThrow(/row-level security/);
    const rival = await world.actor(await world.signUpBrand('Rival'));
    expect(await world.sql(rival, 'select * from deals.publications')).toEqual([]);
    expect(await world.sql(rival, 'select * from deals.short_livestreams')).toEqual([]);
  });
});
