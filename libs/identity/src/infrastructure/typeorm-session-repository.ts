import type { Transaction } from '@evenhand/kernel';
import { managerOf, SystemCalls } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { SessionRepository } from '../application/session-repository';
import { type Session, sessionFromJson, type StoredSession } from '../domain/session';
import { SessionRow } from './session.row';

@Injectable()
export class TypeormSessionRepository extends SessionRepository {
  constructor(private readonly calls: SystemCalls) {
    super();
  }

  override async add(tx: Transaction, session: Session, tokenDigest: Buffer): Promise<void> {
    await managerOf(tx).insert(SessionRow, { ...session, tokenHash: tokenDigest });
  }

  override async findLive(tokenDigest: Buffer, now: Date): Promise<Session | null> {
    const found = await this.calls.call('identity.live_session', 'identity.live_session($1, $2)', [tokenDigest, now]);
    return found === null ? null : sessionFromJson(found as StoredSession);
  }

  override async prolong(tx: Transaction, sessionId: string, expiresAt: Date): Promise<void> {
    await managerOf(tx).update(SessionRow, { id: sessionId, revokedAt: IsNull() }, { expiresAt });
  }

  override async revoke(tx: Transaction, tokenDigest: Buffer, at: Date): Promise<void> {
    await managerOf(tx).update(SessionRow, { tokenHash: tokenDigest, revokedAt: IsNull() }, { revokedAt: at });
  }

  override async revokeAllOf(tx: Transaction, userId: string, at: Date): Promise<void> {
    await managerOf(tx).update(SessionRow, { userId, revokedAt: IsNull() }, { revokedAt: at });
  }
}
