import fastifyCookie from '@fastify/cookie';
import fastifyHelmet from '@fastify/helmet';
import type { Settings } from '@evenhand/platform';
import { ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Logger } from 'nestjs-pino';
import { ApiModule } from './api.module';
import { serveConsole } from './http/console-files';
import { contentSecurityPolicy } from './http/content-security-policy';
import { httpAdapter } from './http/http-adapter';
import { answerWithRequestId } from './http/request-id';

/** The API as a Nest application, ready to listen. */
export async function createApi(settings: Settings): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule.with(settings), httpAdapter(settings), {
    bufferLogs: true,
    // Signatures are over the bytes as they came.
    rawBody: true,
  });
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
