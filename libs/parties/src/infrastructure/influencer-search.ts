import { cursorOf, isBigint, isUuid, type Page, pageOf, type PageRequest } from '@evenhand/kernel';
import { type EntityManager, In, IsNull } from 'typeorm';
import type { InfluencerFilter, InfluencerView } from '../application/influencer-repository';
import { ChannelRow, InfluencerRow } from './influencer.rows';
import { PartyRow } from './party.rows';

/** Conditions in SQL with their parameters in order. */
class Conditions {
  readonly values: unknown[] = [];
  private readonly clauses: string[] = [];

  /** Adds a condition; each `?` in it stands for the next of `values`. */
  add(clause: string, ...values: readonly unknown[]): void {
    let next = 0;
    this.clauses.push(
      clause.replaceAll('?', () => {
        this.values.push(values[next]);
        next += 1;
        return `$${this.values.length}`;
      }),
    );
  }

  get sql(): string {
    return this.clauses.length === 0 ? 'true' : this.clauses.map((clause) => `(${clause})`).join(' and ');
  }
}

/** One page of profiles in the order (followers, id), both falling, and the number of all that match. */
export async function searchInfluencers(
  manager: EntityManager,
  filter: InfluencerFilter,
  page: PageRequest,
): Promise<Page<InfluencerView>> {
  const conditions = conditionsOf(filter);
  const counted = await manager.query<{ total: number }[]>(
    `select count(*)::int as total from parties.influencers i where ${conditions.sql}`,
    conditions.values,
  );
  if (page.after !== null) addCursor(conditions, page.after);
  const found = await manager.query<{ id: string }[]>(
    `select i.party_id as id from parties.influencers i where ${conditions.sql}
     order by i.followers_total desc, i.party_id desc limit ${page.first + 1}`,
    conditions.values,
  );
  const views = await readViews(
    manager,
    found.map((row) => row.id),
  );
  const ordered = found.flatMap((row) => views.get(row.id) ?? []);
  return pageOf(ordered, page, counted[0]?.total ?? 0, (view) => [`${view.followersTotal}`, view.id]);
}

function conditionsOf(filter: InfluencerFilter): Conditions {
  const conditions = new Conditions();
  if (filter.text !== null) {
    // The index finds candidates by their grams; the words decide.
    conditions.add('i.party_id in (select parties.influencers_with_grams(?::text[]))', filter.text.grams);
    for (const word of filter.text.words) conditions.add('position(? in i.search_text) > 0', word);
  }
  if (filter.categories.length > 0) conditions.add('i.categories && ?::text[]', filter.categories);
  if (filter.markets.length > 0) conditions.add('i.markets && ?::text[]', filter.markets);
  if (filter.languages.length > 0) conditions.add('i.languages && ?::text[]', filter.languages);
  if (filter.minFollowers !== null) conditions.add('i.followers_total >= ?::bigint', `${filter.minFollowers}`);
  if (filter.maxFollowers !== null) conditions.add('i.followers_total <= ?::bigint', `${filter.maxFollowers}`);
  addChannelConditions(conditions, filter);
  return conditions;
}

/** A channel on one of the platforms, with that audience where one is asked for. */
function addChannelConditions(conditions: Conditions, filter: InfluencerFilter): void {
  if (filter.platforms.length === 0 && filter.audience === null) return;
  const clauses = ['c.influencer_id = i.party_id', 'c.removed_at is null'];
  const values: unknown[] = [];
  if (filter.platforms.length > 0) {
    clauses.push('c.platform = any (?::text[])');
    values.push(filter.platforms);
  }
  if (filter.audience !== null) {
    clauses.push(`exists (select 1 from jsonb_to_recordset(c.audience -> 'countries') as a (segment text, percent int)
      where a.segment = ? and a.percent >= ?)`);
    values.push(filter.audience.country, filter.audience.minPercent);
  }
  conditions.add(`exists (select 1 from parties.channels c where ${clauses.join(' and ')})`, ...values);
}

function addCursor(conditions: Conditions, after: string): void {
  const [followers = '', id = ''] = cursorOf({ after }, [isBigint, isUuid]) ?? [];
  conditions.add('(i.followers_total, i.party_id) < (?::bigint, ?::uuid)', followers, id);
}

/** Profiles with their channels, in three queries however many there are. */
export async function readViews(
  manager: EntityManager,
  influencerIds: readonly string[],
): Promise<ReadonlyMap<string, InfluencerView>> {
  const ids = [...new Set(influencerIds)];
  if (ids.length === 0) return new Map();
  const rows = await manager.findBy(InfluencerRow, { partyId: In(ids) });
  const parties = await manager.findBy(PartyRow, { id: In(ids) });
  const channels = await manager.find(ChannelRow, {
    where: { influencerId: In(ids), removedAt: IsNull() },
    order: { followers: 'DESC', id: 'ASC' },
  });
  const partyOf = new Map(parties.map((party) => [party.id, party]));
  return new Map(
    rows.flatMap((row) => {
      const party = partyOf.get(row.partyId);
      if (party === undefined) return [];
      const { displayName, country, createdAt } = party;
      const { bio, categories, markets, languages, followersTotal } = row;
      const own = channels.filter((channel) => channel.influencerId === row.partyId);
      const profile = { bio, categories, markets, languages, followersTotal, displayName, country, createdAt };
      return [[row.partyId, { ...profile, id: row.partyId, channels: own }]];
    }),
  );
}
