import type { Client } from 'pg';

const TABLES = `
  select format('%I.%I', n.nspname, c.relname) as name
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind = 'r' and n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema' order by 1`;

/** Every row of every table as text, each after the name of its table: what somebody has who stole a dump. */
export async function dumpDatabase(owner: Client): Promise<readonly string[]> {
  const { rows: tables } = await owner.query<{ name: string }>(TABLES);
  const lines: string[] = [];
  for (const { name } of tables) {
    const { rows } = await owner.query<{ line: string }>(`select t::text as line from ${name} t`);
    lines.push(...rows.map(({ line }) => `${name} ${line}`));
  }
  return lines;
}
