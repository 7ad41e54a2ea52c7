import { CloseCampaign } from '@evenhand/campaigns';
import { systemActor } from '@evenhand/kernel';
import { AcceptInvitation, ANY_INFLUENCER, InviteMember, RemoveMember } from '@evenhand/parties';
import { channelOn, type DiscoveryWorld, discoveryWorld } from '../../../test/support/discovery-world';
import type { TestParty } from '../../../test/support/parties-world';
import { CandidateStore } from './application/candidate-store';
import { ChangeSavedSearch, DeleteSavedSearch } from './application/change-saved-search';
import { SaveSearch } from './application/save-search';
import { campaignSearchOf, type Wanted } from './application/stored-filter';

let world: DiscoveryWorld;
let brand: TestParty;
let mei: TestParty;

beforeEach(async () => {
  world = await discoveryWorld();
  [brand, mei] = [await world.signUpBrand('Aurore Paris'), await world.signUpInfluencer('Mei')];
}, 60_000);
afterEach(() => world.close());

const campaigns = (filter: Parameters<typeof campaignSearchOf>[0]): Wanted => ({
  kind: 'campaigns',
  search: campaignSearchOf(filter),
});
const fashion: Wanted = { kind: 'influencers', search: { ...ANY_INFLUENCER, categories: ['fashion'] } };

async function reactAndMatch(): Promise<void> {
  await world.react();
  await world.match();
}

describe('a campaign that is published', () => {
  it('is told to whose searches find it, once, whatever is run again', async () => {
    const { id } = await world.save(mei, campaigns({ text: '袋', markets: ['CN'] }), 'Bags');
    await world.save(mei, campaigns({ markets: ['FR'] }), 'France');
    await world.save(mei, campaigns({ text: '靴' }), 'Shoes');
    const campaignId = await world.publish(brand, { markets: ['CN'] });
    await reactAndMatch();
    await reactAndMatch();
    await Promise.all([world.match(), world.match()]);
    const named = { kind: 'campaigns', name: 'Bags', objectIds: [campaignId], count: 1 };
    expect(await world.told()).toEqual([{ savedSearchId: id, userId: mei.userId, partyId: mei.partyId, ...named }]);
  });

  it('is told once by workers that run at the same time, and by one that died before it was done', async () => {
    for (const name of ['A', 'B', 'C', 'D']) await world.save(mei, campaigns({}), name);
    for (let count = 0; count < 3; count += 1) await world.publish(brand);
    await world.react();
    const waiting = await world.rows<{ kind: string }>('select * from discovery.candidates');
    expect(waiting).toHaveLength(3);
    await Promise.all([world.match(), world.match(), world.match()]);
    await world.rows(`insert into discovery.candidates select 'campaigns', id, 1, now() from campaigns.campaigns`);
    await world.match();
    const told = await world.told();
    const pairs = told.flatMap(({ savedSearchId, objectIds }) =>
      objectIds.map((objectId) => `${savedSearchId} ${objectId}`),
    );
    expect(new Set(pairs).size).toBe(12);
    expect(pairs).toHaveLength(12);
    expect(told.reduce((sum, { count }) => sum + count, 0)).toBe(12);
    expect(await world.rows('select * from discovery.candidates')).toEqual([]);
  });

  it('comes with others in one event, which names twenty and counts all', async () => {
    await world.save(mei, campaigns({}));
    for (let count = 0; count < 23; count += 1) await world.publish(brand);
    await reactAndMatch();
    const [event, ...others] = await world.told();
    expect(others).toEqual([]);
    expect(event).toMatchObject({ count: 23 });
    expect(new Set(event?.objectIds).size).toBe(20);
  });

  it('is not told where it is closed, muted, or deleted in time', async () => {
    const actor = await world.actorOf(mei);
    const muted = await world.save(mei, campaigns({}), 'Muted');
    const deleted = await world.save(mei, campaigns({}), 'Deleted');
    await world.save(mei, campaigns({ markets: ['US'] }), 'Kept');
    const closed = await world.publish(brand, { markets: ['US'] });
    await world.publish(brand);
    await world.react();
    await world.get(CloseCampaign).execute({ actor: await world.actorOf(brand), campaignId: closed });
    const changes = { name: null, notify: false, wanted: null };
    await world.get(ChangeSavedSearch).execute({ actor, searchId: muted.id, ...changes });
    await world.get(DeleteSavedSearch).execute({ actor, searchId: deleted.id });
    await world.match();
    expect(await world.told()).toEqual([]);
  });

  it('is told to nobody who may not see it', async () => {
    const rival = await world.signUpBrand('Borealis');
    await world.save(rival, campaigns({}));
    const { id } = await world.save(brand, campaigns({}));
    await world.publish(brand);
    await reactAndMatch();
    expect((await world.told()).map(({ savedSearchId }) => savedSearchId)).toEqual([id]);
  });

  it('is told to searches by each list that it has an entry of, and to no other', async () => {
    const of = { channels: 'line', markets: 'JP', languages: 'ja', categories: 'bags' };
    const other = { channels: 'x', markets: 'US', languages: 'en', categories: 'home' };
    for (const [key, value] of Object.entries(of)) {
      await world.save(mei, campaigns({ [key]: [value, other[key as keyof typeof other]] }), `${key} yes`);
      await world.save(mei, campaigns({ [key]: [other[key as keyof typeof other]] }), `${key} no`);
    }
    await world.publish(brand, { channels: ['line'], markets: ['JP', 'FR'], languages: ['ja'], categories: ['bags'] });
    await reactAndMatch();
    const names = Object.keys(of).map((key) => `${key} yes`);
    expect((await world.told()).map(({ name }) => name).sort()).toEqual(names.sort());
  });

  it('makes no jobs while nobody waits for campaigns', async () => {
    await world.save(brand, fashion);
    await world.publish(brand);
    await world.react();
    expect(await world.rows(`select * from discovery.candidates where kind = 'campaigns'`)).toEqual([]);
  });
});

describe('a profile', () => {
  it('is told when it is made, and when it becomes what a search waits for', async () => {
    const { id } = await world.save(brand, fashion);
    await world.profile(mei, { categories: ['beauty'] });
    await reactAndMatch();
    expect(await world.told()).toEqual([]);
    await world.profile(mei, { categories: ['fashion', 'beauty'] }, [channelOn('line', 'mei')]);
    await reactAndMatch();
    await world.profile(mei, { categories: ['fashion'] });
    await reactAndMatch();
    expect(await world.told()).toMatchObject([
      { savedSearchId: id, kind: 'influencers', objectIds: [mei.partyId], count: 1 },
    ]);
  });

  it('is told to searches by its channels, and to none by channels that it has not', async () => {
    const on = (platform: 'line' | 'x'): Wanted => ({
      kind: 'influencers',
      search: { ...ANY_INFLUENCER, platforms: [platform], languages: ['ja'], markets: ['JP'] },
    });
    const { id } = await world.save(brand, on('line'), 'Line');
    await world.save(brand, on('x'), 'X');
    await world.profile(mei, { languages: ['ja'], markets: ['JP'] }, [channelOn('line', 'mei')]);
    await reactAndMatch();
    expect((await world.told()).map(({ savedSearchId }) => savedSearchId)).toEqual([id]);
  });

  it('that changes while searches are asked waits for the next time', async () => {
    const [store, system] = [world.get(CandidateStore), systemActor('test')];
    await world.save(brand, fashion);
    await world.profile(mei, { categories: ['beauty'] });
    await world.react();
    const waiting = () => world.uow.read(system, (tx) => store.oldest(tx, 'influencers', 10));
    const asked = await waiting();
    await world.profile(mei, { categories: ['fashion'] });
    await world.react();
    await world.uow.run(system, (tx) => store.drop(tx, 'influencers', asked));
    expect(await waiting()).toHaveLength(1);
    await world.match();
    expect(await waiting()).toEqual([]);
    expect(await world.told()).toHaveLength(1);
  });
});

describe('whoever saved a search', () => {
  let colleague: TestParty;

  beforeEach(async () => {
    colleague = await world.signUpInfluencer('Colleague');
    const actor = await world.actorOf(brand);
    const invitation = { partyId: brand.partyId, email: colleague.email, role: 'viewer' as const };
    const { token } = await world.get(InviteMember).execute({ actor, ...invitation });
    await world
      .get(AcceptInvitation)
      .execute({ actor: await world.actorOf(colleague), token, newUser: null, address: null });
    const command = { partyId: brand.partyId, name: 'For the brand', wanted: fashion, notify: true };
    await world.get(SaveSearch).execute({ actor: await world.actorOf(colleague), ...command });
  });

  it('is told as a member, in any role', async () => {
    await world.profile(mei, { categories: ['fashion'] });
    await reactAndMatch();
    expect(await world.told()).toMatchObject([{ userId: colleague.userId, partyId: brand.partyId }]);
  });

  it('and left the party is not told any more', async () => {
    await world.profile(mei, { categories: ['fashion'] });
    await world.react();
    const removal = { partyId: brand.partyId, userId: colleague.userId };
    await world.get(RemoveMember).execute({ actor: await world.actorOf(brand), ...removal });
    await world.match();
    expect(await world.told()).toEqual([]);
  });

  it('and is disabled is not told any more', async () => {
    await world.profile(mei, { categories: ['fashion'] });
    await world.react();
    await world.asOwner('update identity.users set disabled_at = now() where id = $1', [colleague.userId]);
    await world.match();
    expect(await world.told()).toEqual([]);
  });

  it('sees with the eyes of that party alone', async () => {
    // As an influencer she might browse; as a member of the brand she may not.
    const wanted = campaigns({});
    const command = { partyId: brand.partyId, name: 'Campaigns', wanted, notify: true };
    await world.get(SaveSearch).execute({ actor: await world.actorOf(colleague), ...command });
    const rival = await world.signUpBrand('Borealis');
    await world.publish(rival);
    await reactAndMatch();
    expect(await world.told()).toEqual([]);
  });
});
