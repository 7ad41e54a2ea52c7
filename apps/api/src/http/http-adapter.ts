import type { Settings } from '@evenhand/platform';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { MAX_BODY_BYTES } from '../graphql/limits';
import { requestIdOf } from './request-id';

/** Fastify as the API runs on it: how large a body may be, whom to believe about addresses, how requests are named. */
export function httpAdapter(settings: Settings): FastifyAdapter {
  return new FastifyAdapter({
    bodyLimit: MAX_BODY_BYTES,
    trustProxy: settings.trustProxyHops > 0 && ((_address, hop) => hop < settings.trustProxyHops),
    genReqId: requestIdOf,
  });
}
