import type { FastifyReply, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const HEADER = 'x-request-id';
const ACCEPTABLE = /^[A-Za-z0-9._-]{1,64}$/;

/** The id under which a request stands in the logs: the one a proxy gave it, where it is harmless, else a new one. */
export function requestIdOf(request: IncomingMessage): string {
  const given = request.headers[HEADER];
  return typeof given === 'string' && ACCEPTABLE.test(given) ? given : randomUUID();
}

/** Tells the client the id of its request, so that it can be named to support. */
export async function answerWithRequestId(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  void reply.header(HEADER, request.id);
}
