import { Clock, systemActor, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { prolongedExpiry, type Session } from '../domain/session';
import { SessionRepository } from './session-repository';

/** A session that is used lives on: for 14 days from now, and 90 days after sign-in at the latest. */
@Injectable()
export class ProlongSession {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly sessions: SessionRepository,
    private readonly clock: Clock,
  ) {}

  async execute(session: Session): Promise<void> {
    const expiresAt = prolongedExpiry(session, this.clock.now());
    if (expiresAt === null) return;
    await this.uow.run(systemActor('prolong session'), (tx) => this.sessions.prolong(tx, session.id, expiresAt));
  }
}
