import { ANONYMOUS, type Actor, Forbidden, Unauthenticated } from '@evenhand/kernel';
import { Authenticate } from '@evenhand/identity';
import { LoadActor } from '@evenhand/parties';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sessionTokenOf } from '../http/session-cookie';
import { isUnavailable, unavailable } from './errors/unavailable';
import type { RequestContext } from './request-context';

const BEARER = /^Bearer (\S+)$/;

/** Finds out who asks: an API key in `Authorization`, else the session cookie, else nobody. */
@Injectable()
export class RequestContextFactory {
  constructor(
    private readonly authenticate: Authenticate,
    private readonly loadActor: LoadActor,
  ) {}

  async create(request: FastifyRequest, reply: FastifyReply): Promise<RequestContext> {
    const apiKey = BEARER.exec(request.headers.authorization ?? '')?.[1];
    const sessionToken = apiKey === undefined ? sessionTokenOf(request) : null;
    const actor = await this.actorOf(apiKey, sessionToken).catch(rethrowAsUnavailable);
    return { actor, request, reply, sessionToken };
  }

  /**
   * Who asks outside GraphQL. Throws Unauthenticated for nobody, Forbidden for an API key without the scope; null where the
   * use case asks for one.
   */
  async signedIn(request: FastifyRequest, reply: FastifyReply, scope: string | null = null): Promise<Actor> {
    const { actor } = await this.create(request, reply);
    if (actor.kind === 'anonymous') throw new Unauthenticated();
    if (actor.kind === 'person' && scope !== null && actor.scopes?.includes(scope) === false) {
      throw new Forbidden(`This API key needs the scope ${scope}.`, { scope });
    }
    return actor;
  }

  private async actorOf(apiKey: string | undefined, sessionToken: string | null): Promise<Actor> {
    if (apiKey !== undefined) return this.actorOfKey(apiKey);
    const person = sessionToken === null ? null : await this.loadActor.bySession(sessionToken);
    return person ?? ANONYMOUS;
  }

  private async actorOfKey(apiKey: string): Promise<Actor> {
    const found = await this.authenticate.byApiKey(apiKey);
    return found === null
      ? ANONYMOUS
      : this.loadActor.forUser(found.userId, found.scopes, found.partyId, found.apiKeyId);
  }
}

function rethrowAsUnavailable(error: unknown): never {
  throw error instanceof Error && isUnavailable(error) ? unavailable(error) : error;
}
