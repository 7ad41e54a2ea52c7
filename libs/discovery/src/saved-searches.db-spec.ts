import { requirePerson, systemActor } from '@evenhand/kernel';
import { moneyOf } from '@evenhand/money';
import { ANY_INFLUENCER, InviteMember, AcceptInvitation, RemoveMember } from '@evenhand/parties';
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { type DiscoveryWorld, discoveryWorld } from '../../../test/support/discovery-world';
import type { TestParty } from '../../../test/support/parties-world';
import { somebodyWaits } from '../../../test/support/somebody-waits';
import { ChangeSavedSearch, DeleteSavedSearch } from './application/change-saved-search';
import { ListSavedSearches } from './application/list-saved-searches';
import { SaveSearch } from './application/save-search';
import { SavedSearchRepository } from './application/saved-search-repository';
import { type CampaignSearch, campaignSearchOf, influencerSearchOf, type Wanted } from './application/stored-filter';
import { MAX_SAVED_SEARCHES } from './domain/saved-search';

let world: DiscoveryWorld;
let mei: TestParty;

beforeAll(async () => {
  world = await discoveryWorld();
  mei = await world.signUpInfluencer('Mei');
});
afterAll(() => world.close());

const EVERYTHING: CampaignSearch = campaignSearchOf({});
const inChina: Wanted = { kind: 'campaigns', search: { ...EVERYTHING, markets: ['cn'], text: ' 手袋 ' } };

async function listed(party: TestParty, kind: 'campaigns' | 'influencers' | null = null) {
  const page = { first: 100, after: null };
  const found = await world.get(ListSavedSearches).execute({ actor: await world.actorOf(party), kind, page });
  expect(found.totalCount).toBe(found.rows.length);
  return found.rows.map(({ node }) => node);
}

async function change(
  party: TestParty,
  searchId: string,
  changes: { name?: string; notify?: boolean; wanted?: Wanted },
) {
  const nothing = { name: null, notify: null, wanted: null };
  return world.get(ChangeSavedSearch).execute({ actor: await world.actorOf(party), searchId, ...nothing, ...changes });
}

describe('a saved search', () => {
  it('keeps its filter in canonical form, and gives it back whole', async () => {
    const search: CampaignSearch = {
      ...EVERYTHING,
      text: "  l'été ",
      channels: ['tiktok', 'instagram'],
      languages: ['zh-hans'],
      cashAtLeast: moneyOf(2n ** 60n, 'JPY'),
      deadlineTo: new Date('2026-05-01T00:00:00.000Z'),
      openForBids: true,
    };
    const { filter } = await world.save(mei, { kind: 'campaigns', search }, 'Summer');
    const canonical = { ...search, text: "l'été", channels: ['instagram', 'tiktok'], languages: ['zh-Hans'] };
    expect(campaignSearchOf(filter)).toEqual({ ...canonical, states: ['published'] });
    const wanted = {
      ...ANY_INFLUENCER,
      minFollowers: 2n ** 60n,
      audience: [{ part: 'ages', segment: '18-24', minPercent: 9 }],
    };
    const kept = await world.save(mei, { kind: 'influencers', search: wanted as typeof ANY_INFLUENCER }, 'Young');
    expect(influencerSearchOf(kept.filter)).toEqual(wanted);
    expect((await listed(mei)).map(({ name }) => name)).toEqual(['Young', 'Summer']);
    expect((await listed(mei, 'campaigns')).map((one) => one.filter)).toEqual([filter]);
  });

  it('is renamed, muted, changed and deleted', async () => {
    const { id } = await world.save(mei, inChina, 'China');
    expect(await change(mei, id, { name: ' Mainland  China ' })).toMatchObject({ name: 'Mainland China', version: 1 });
    const wanted: Wanted = { kind: 'campaigns', search: { ...EVERYTHING, markets: ['JP'] } };
    const after = await change(mei, id, { notify: false, wanted });
    expect(after).toMatchObject({ notify: false, version: 2, filter: { markets: ['JP'], states: ['published'] } });
    expect((await listed(mei)).find((one) => one.id === id)).toEqual(after);
    const influencers: Wanted = { kind: 'influencers', search: ANY_INFLUENCER };
    await expect(change(mei, id, { wanted: influencers })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await world.get(DeleteSavedSearch).execute({ actor: await world.actorOf(mei), searchId: id });
    expect((await listed(mei)).some((one) => one.id === id)).toBe(false);
    await expect(change(mei, id, {})).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('has a name of its own', async () => {
    await world.save(mei, inChina, 'Twice');
    await expect(world.save(mei, inChina, ' Twice ')).rejects.toMatchObject({ code: 'SAVED_SEARCH_NAME_TAKEN' });
    const { id } = await world.save(mei, inChina, 'Once');
    await expect(change(mei, id, { name: 'Twice' })).rejects.toMatchObject({ code: 'SAVED_SEARCH_NAME_TAKEN' });
    for (const name of ['', '  ', 'a\0b', 'x'.repeat(81)]) {
      await expect(world.save(mei, inChina, name)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    }
  });

  it('is refused where it could never find anything', async () => {
    const cash = { cashAtLeast: moneyOf(2n, 'EUR'), cashAtMost: moneyOf(1n, 'EUR') };
    const nothing: Wanted = { kind: 'campaigns', search: { ...EVERYTHING, ...cash } };
    await expect(world.save(mei, nothing, 'Nothing')).rejects.toMatchObject({ code: 'INVALID_RANGE' });
    const mixed = { ...cash, cashAtMost: moneyOf(1n, 'JPY') };
    const twoCurrencies: Wanted = { kind: 'campaigns', search: { ...EVERYTHING, ...mixed } };
    await expect(world.save(mei, twoCurrencies, 'Mixed')).rejects.toMatchObject({ code: 'CURRENCY_MISMATCH' });
  });

  it('is one of fifty at most, whoever is first', async () => {
    const rin = await world.signUpInfluencer('Rin');
    const actor = await world.actorOf(rin);
    const like = await world.save(rin, inChina, 'The first of many');
    for (let count = 1; count < MAX_SAVED_SEARCHES - 1; count += 1) await world.save(rin, inChina, `Search ${count}`);
    const saving = (name: string) =>
      world.get(SaveSearch).execute({ actor, partyId: rin.partyId, name, wanted: inChina, notify: false });
    const searches = world.get(SavedSearchRepository);
    const watcher = new Client({ connectionString: world.databaseUrl });
    await watcher.connect();
    // Both are about to take the last place; whoever counts second waits for the first.
    const second = await world.uow.run(systemActor('test'), async (tx) => {
      expect(await searches.countLocked(tx, rin.userId)).toBe(MAX_SAVED_SEARCHES - 1);
      const outcome = Promise.allSettled([saving('Second')]);
      await Promise.race([somebodyWaits(watcher), outcome]);
      await searches.add(tx, { ...like, id: randomUUID(), name: 'First' });
      return { outcome };
    });
    await watcher.end();
    expect(await second.outcome).toMatchObject([{ reason: { code: 'TOO_MANY_SAVED_SEARCHES' } }]);
    expect(await listed(rin)).toHaveLength(MAX_SAVED_SEARCHES);
  });

  it('lists page by page, each once', async () => {
    const actor = await world.actorOf(mei);
    const all = (await listed(mei)).map(({ id }) => id);
    const seen: string[] = [];
    for (let after: string | null = null, isMore = true; isMore;) {
      const found: Awaited<ReturnType<ListSavedSearches['execute']>> = await world
        .get(ListSavedSearches)
        .execute({ actor, kind: null, page: { first: 2, after } });
      seen.push(...found.rows.map(({ node }) => node.id));
      after = found.rows.at(-1)?.cursor ?? null;
      isMore = found.hasNextPage;
    }
    expect(seen).toEqual(all);
  });
});

describe('the searches of somebody', () => {
  it('are nobody else’s: not a colleague’s, not a stranger’s', async () => {
    const brand = await world.signUpBrand();
    const search = await world.save(brand, inChina);
    const colleague = await world.signUpInfluencer('Colleague');
    const owner = await world.actorOf(brand);
    const invitation = { partyId: brand.partyId, email: colleague.email, role: 'manager' as const };
    const { token } = await world.get(InviteMember).execute({ actor: owner, ...invitation });
    await world
      .get(AcceptInvitation)
      .execute({ actor: await world.actorOf(colleague), token, newUser: null, address: null });
    for (const other of [colleague, mei]) {
      await expect(change(other, search.id, { notify: false })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      const removing = world.get(DeleteSavedSearch).execute({ actor: await world.actorOf(other), searchId: search.id });
      await expect(removing).rejects.toMatchObject({ code: 'NOT_FOUND' });
      const settings = { user_id: other.userId, party_ids: `{${brand.partyId},${other.partyId}}` };
      expect(
        await world.asApplication(settings, 'select id from discovery.saved_searches where id = $1', [search.id]),
      ).toEqual([]);
    }
    const theirs = await world.get(SaveSearch).execute({
      actor: await world.actorOf(colleague),
      partyId: brand.partyId,
      name: search.name,
      wanted: inChina,
      notify: true,
    });
    await world.get(RemoveMember).execute({ actor: owner, partyId: brand.partyId, userId: colleague.userId });
    expect((await listed(colleague)).some(({ id }) => id === theirs.id)).toBe(false);
  });

  it('are kept for parties of theirs, by a session', async () => {
    const brand = await world.signUpBrand();
    const actor = requirePerson(await world.actorOf(mei));
    const command = { partyId: brand.partyId, name: 'Foreign', wanted: inChina, notify: true };
    await expect(world.get(SaveSearch).execute({ actor, ...command })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const byKey = { ...actor, scopes: ['campaigns:read'] };
    const saving = world.get(SaveSearch).execute({ actor: byKey, ...command, partyId: mei.partyId });
    await expect(saving).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('cannot be written in somebody else’s name, whatever the application does', async () => {
    const settings = { user_id: mei.userId, party_ids: `{${mei.partyId}}` };
    const other = await world.signUpInfluencer('Other');
    const insert = `insert into discovery.saved_searches (id, user_id, party_id, kind, name, filter, notify, created_at, changed_at)
      values (gen_random_uuid(), $1, $2, 'campaigns', 'x', '{}', true, now(), now())`;
    await expect(world.asApplication(settings, insert, [other.userId, mei.partyId])).rejects.toThrow(
      'row-level security',
    );
    await expect(world.asApplication(settings, insert, [mei.userId, other.partyId])).rejects.toThrow(
      'row-level security',
    );
    expect(await world.asApplication(settings, 'select 1 from discovery.told_matches')).toEqual([]);
    await expect(
      world.asApplication(
        settings,
        `insert into discovery.candidates values ('campaigns', gen_random_uuid(), 1, now())`,
      ),
    ).rejects.toThrow('row-level security');
  });
});
