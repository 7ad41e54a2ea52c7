import 'reflect-metadata';
import { exitWithParent, readSettings } from '@evenhand/platform';
import { collectDefaultMetrics } from 'prom-client';
import { createApi } from './create-api';

async function main(): Promise<void> {
  const settings = readSettings();
  collectDefaultMetrics();
  const app = await createApi(settings);
  exitWithParent(app);
  await app.listen(settings.port, settings.host);
  process.send?.({ type: 'ready', url: await app.getUrl() });
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
