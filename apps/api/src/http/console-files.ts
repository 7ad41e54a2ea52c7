import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Where the build puts the console: `dist/console`, beside `dist/apps`. */
const CONSOLE_DIRECTORY = join(process.cwd(), 'dist', 'console');

/** Serves the built console, `/graphiql` for `graphiql.html`; a missing file is a plain 404. */
export async function serveConsole(app: NestFastifyApplication): Promise<void> {
  if (!existsSync(CONSOLE_DIRECTORY)) return;
  await app.register(fastifyStatic, {
    root: CONSOLE_DIRECTORY,
    index: ['index.html'],
    extensions: ['html'],
    redirect: false,
    cacheControl: false,
    setHeaders: (reply, path) => {
      // The build names its assets by their content; pages are asked for again each time.
      void reply.header(
        'cache-control',
        path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
    },
  });
}
