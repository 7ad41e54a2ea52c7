import fastifyCookie from '@fastify/cookie';
import fastifyHelmet from '@fastify/helmet';
import type { Settings } from '@evenhand/platform';
import { ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Logger } from 'nestjs-pino';
import { ApiModule } from './api.module';
import { MAX_BODY_BYTES } from './graphql/limits';
import { serveConsole } from './http/console-files';

/** The API as a Nest application, ready to listen. */
export async function createApi(settings: Settings): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({ bodyLimit: MAX_BODY_BYTES, trustProxy: settings.production });
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule.with(settings), adapter, { bufferLogs: true });
  app.useLogger(app.get(Logger));
  app.useGlobalPipes(new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true }));
  await app.register(fastifyCookie);
  await app.register(fastifyHelmet, { contentSecurityPolicy: contentSecurityPolicy(settings) });
  await serveConsole(app);
  app.enableShutdownHooks();
  return app;
}

function contentSecurityPolicy(settings: Settings) {
  return {
    directives: {
      defaultSrc: ["'self'"],
      // The editor of the API console makes its workers from blobs and sets inline styles.
      workerSrc: ["'self'", 'blob:'],
      styleSrc: ["'self'", "'unsafe-inline'"],
      fontSrc: ["'self'", 'data:'],
      imgSrc: ["'self'", 'data:'],
      upgradeInsecureRequests: settings.publicUrl.startsWith('https:') ? [] : null,
    },
  };
}
