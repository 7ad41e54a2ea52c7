import type { Client } from 'pg';
import type { TestRun } from '../run/test-run';

const NAME_PREFIX = 'evenhand_test_';
const ABANDONED_AFTER_MS = 12 * 3_600_000;

export function databaseName(run: TestRun, suffix: string): string {
  return `${NAME_PREFIX}${run.id}_${suffix}`;
}

/** Ends all sessions of a database and removes it, if it is there. */
export async function dropDatabase(administrator: Client, name: string): Promise<void> {
  const found = await administrator.query('SELECT 1 FROM pg_database WHERE datname = $1 AND datistemplate', [name]);
  if (found.rowCount === 1) await administrator.query(`ALTER DATABASE "${name}" IS_TEMPLATE false`);
  await administrator.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
}

/** Drops the databases of this run, and those that killed runs left on the same server half a day ago or earlier. */
export async function dropTestDatabases(administrator: Client, run: TestRun): Promise<void> {
  const found = await administrator.query<{ datname: string }>(
    'SELECT datname FROM pg_database WHERE starts_with(datname, $1)',
    [NAME_PREFIX],
  );
  for (const { datname } of found.rows) {
    if (datname.startsWith(databaseName(run, '')) || isAbandoned(datname)) await dropDatabase(administrator, datname);
  }
}

function isAbandoned(name: string): boolean {
  const startedAtMs = Number.parseInt(name.slice(NAME_PREFIX.length), 36);
  return Date.now() - startedAtMs > ABANDONED_AFTER_MS;
}
