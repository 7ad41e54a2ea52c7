import { RequestMethod } from '@nestjs/common';
import { loggedError, type Settings } from '@evenhand/platform';
import type { Params } from 'nestjs-pino';
import type { IncomingMessage } from 'node:http';

/** Structured logs: one line a request that is neither a look at our health nor a click, with its id, without cookies, keys or bodies; of an error only what holds no data. */
export function loggingOptions(settings: Settings): Params {
  return {
    // The default pattern does not match routes that plugins add, and /graphql is one.
    forRoutes: [{ path: '*path', method: RequestMethod.ALL }],
    pinoHttp: {
      level: settings.logLevel,
      serializers: {
        req: (request: { id: string; method: string; url: string }) => ({
          id: request.id,
          method: request.method,
          url: request.url.split('?')[0],
        }),
        res: (response: { statusCode: number }) => ({ status: response.statusCode }),
        err: loggedError,
      },
      autoLogging: { ignore: (request: IncomingMessage) => /^\/(health|metrics|r\/)/.test(request.url ?? '') },
      redact: ['req.headers', 'res.headers'],
    },
  };
}
