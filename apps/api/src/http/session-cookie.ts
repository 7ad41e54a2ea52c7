import type { FastifyReply, FastifyRequest } from 'fastify';

const NAME = 'evenhand_session';

/** Gives the browser its session: not readable by scripts, not sent by other sites' requests. */
export function setSessionCookie(reply: FastifyReply, token: string, expiresAt: Date, secure: boolean): void {
  void reply.setCookie(NAME, token, { path: '/', httpOnly: true, sameSite: 'lax', secure, expires: expiresAt });
}

export function clearSessionCookie(reply: FastifyReply): void {
  void reply.clearCookie(NAME, { path: '/' });
}

export function sessionTokenOf(request: FastifyRequest): string | null {
  return request.cookies[NAME] ?? null;
}
