import type { Client } from 'pg';
// Deep, since a test file that wants a database does not always want the Nest modules of the platform.
import { runMigrations } from '../../../platform/src/database/run-migrations';
import { currentTestRun } from '../run/test-run';
import { urlOfDatabase } from './administrator';
import { databaseName, dropDatabase } from './test-databases';

const TEMPLATE_LOCK = 4_150_366_021;

/** The name of the run's migrated, empty database; made by whichever worker asks first, while the others wait. */
export async function ensureTemplate(administrator: Client, serverUrl: string): Promise<string> {
  const template = databaseName(currentTestRun(), 'template');
  if (await isComplete(administrator, template)) return template;
  await administrator.query('SELECT pg_advisory_lock($1)', [TEMPLATE_LOCK]);
  try {
    if (!(await isComplete(administrator, template))) await build(administrator, serverUrl, template);
    return template;
  } finally {
    await administrator.query('SELECT pg_advisory_unlock($1)', [TEMPLATE_LOCK]);
  }
}

/** Marked as a template at the very end, so that the mark says it is whole. */
async function isComplete(administrator: Client, template: string): Promise<boolean> {
  const found = await administrator.query('SELECT 1 FROM pg_database WHERE datname = $1 AND datistemplate', [template]);
  return found.rowCount === 1;
}

async function build(administrator: Client, serverUrl: string, template: string): Promise<void> {
  await dropDatabase(administrator, template);
  await administrator.query(`CREATE DATABASE "${template}"`);
  await runMigrations(urlOfDatabase(serverUrl, template));
  // Without sessions in it (autovacuum's among them) a copy never has to wait.
  await administrator.query(`ALTER DATABASE "${template}" WITH IS_TEMPLATE true ALLOW_CONNECTIONS false`);
}
