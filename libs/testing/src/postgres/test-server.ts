// Deep, since the whole platform would bring Nest into every test file with a database.
import { startEmbeddedPostgres } from '../../../platform/src/embedded-postgres';
import { currentTestRun, serverFolderOf } from '../run/test-run';

/** Nothing in it outlives the run, so it never waits for a disk. */
const FAST_AND_FORGETFUL = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_connections: '500',
};

let serverUrl: Promise<string> | undefined;

/** The server of this run: that of TEST_DATABASE_URL, else an embedded one, started by whichever worker asks first. */
export function testServerUrl(): Promise<string> {
  return (serverUrl ??= findOrStartServer());
}

async function findOrStartServer(): Promise<string> {
  const given = process.env['TEST_DATABASE_URL'];
  if (given) return given;
  const { url } = await startEmbeddedPostgres({
    dataDirectory: serverFolderOf(currentTestRun().folder),
    port: 0,
    password: 'evenhand',
    settings: FAST_AND_FORGETFUL,
  });
  return url;
}
