import { startEmbeddedPostgres } from '../../libs/platform/src/embedded-postgres';

/** Starts the server on the folder given, prints its url as a line, and waits to be killed, or for SIGTERM to stop it. */
async function main(): Promise<void> {
  const [dataDirectory = ''] = process.argv.slice(2);
  const server = await startEmbeddedPostgres({ dataDirectory, port: 0, settings: { fsync: 'off' } });
  const keepRunning = setInterval(() => undefined, 60_000);
  process.once('SIGTERM', () => {
    clearInterval(keepRunning);
    void server.stop();
  });
  process.stdout.write(`${server.url}\n`);
}

void main();
