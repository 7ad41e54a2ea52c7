import type { Actor } from '@evenhand/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** What resolvers get of an HTTP request. */
export interface RequestContext {
  readonly actor: Actor;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /** The session token of the request's cookie; null for API keys and strangers. */
  readonly sessionToken: string | null;
}
