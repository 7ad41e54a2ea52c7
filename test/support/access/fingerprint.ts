import type { AccessWorld } from './access-world';

/** What a request may change without anything having been done: sessions slide, attempts are counted. */
const UNCOUNTED = new Set(['identity.sessions', 'identity.attempts']);
const SCHEMAS = [
  'identity',
  'parties',
  'campaigns',
  'deals',
  'messages',
  'sales',
  'ledger',
  'payouts',
  'webhooks',
  'platform',
  'audit',
];

export type Fingerprint = ReadonlyMap<string, string>;

/** A digest of the rows of every table there is. */
export async function fingerprint(world: AccessWorld): Promise<Fingerprint> {
  const tables = await world.sql<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_schema = any ($1) and table_type = 'BASE TABLE' order by 1`,
    [SCHEMAS],
  );
  const digests = tables
    .filter(({ name }) => !UNCOUNTED.has(name))
    .map(
      ({ name }) => `
        select '${name}' as name, count(*) || ' ' || coalesce(md5(string_agg(row_digest, '' order by row_digest)), '') as digest
        from (select md5((to_jsonb(t) - 'last_used_at')::text) as row_digest from ${name} t) rows`,
    );
  const rows = await world.sql<{ name: string; digest: string }>(digests.join(' union all '));
  return new Map(rows.map(({ name, digest }) => [name, digest]));
}

/** The tables whose rows are not what they were. */
export function changedTables(before: Fingerprint, now: Fingerprint): readonly string[] {
  return [...now].filter(([name, digest]) => before.get(name) !== digest).map(([name]) => name);
}
