import { Clock, IdGenerator, type Transaction, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { sessionExpiry } from '../domain/session';
import { SecretTokens } from './secret-tokens';
import { SessionRepository } from './session-repository';

export interface OpenedSession {
  /** Given to the client once; only its digest is stored. */
  readonly token: string;
  readonly expiresAt: Date;
}

/** Opens a session for a user whose identity the caller has established in this transaction. */
@Injectable()
export class OpenSession {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly sessions: SessionRepository,
    private readonly tokens: SecretTokens,
    private readonly ids: IdGenerator,
    private readonly clock: Clock,
  ) {}

  async execute(tx: Transaction, userId: string): Promise<OpenedSession> {
    const now = this.clock.now();
    const token = this.tokens.next();
    const session = { id: this.ids.next(), userId, createdAt: now, expiresAt: sessionExpiry(now, now) };
    await this.uow.asSystem(tx, () => this.sessions.add(tx, session, this.tokens.digest(token)));
    return { token, expiresAt: session.expiresAt };
  }
}
