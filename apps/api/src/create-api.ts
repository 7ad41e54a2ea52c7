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
import { contentSecurityPolicy } from './http/content-security-policy';
import { answerWithRequestId, requestIdOf } from './http/request-id';

/** The API as a Nest application, ready to listen. */
export async function createApi(settings: Settings): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: MAX_BODY_BYTES,
    trustProxy: settings.production,
    genReqId: requestIdOf,
  });
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule.with(settings), adapter, { bufferLogs: true });
  app.useLogger(app.get(Logger));
  app.useGlobalPipes(new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true }));
  app.getHttpAdapter().getInstance().addHook('onRequest', answerWithRequestId);
  await app.register(fastifyCookie);
  await app.register(fastifyHelmet, {
    contentSecurityPolicy: contentSecurityPolicy(settings.publicUrl.startsWith('https:')),
  });
  await serveConsole(app);
  app.enableShutdownHooks();
  return app;
}
