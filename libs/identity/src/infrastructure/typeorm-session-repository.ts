import type { Transaction } from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { SessionRepository } from '../application/session-repository';
import type { Session } from '../domain/session';
import { SessionRow } from './session.row';
import { UserRow } from './user.row';

@Injectable()
export class TypeormSessionRepository extends SessionRepository {
  override async add(tx: Transaction, session: Session, tokenDigest: Buffer): Promise<void> {
    await managerOf(tx).insert(SessionRow, { ...session, tokenHash: tokenDigest });
  }

  override async findLive(tx: Transaction, tokenDigest: Buffer, now: Date): Promise<Session | null> {
    return managerOf(tx)
      .createQueryBuilder(SessionRow, 's')
      .innerJoin(UserRow, 'u', 'u.id = s.userId and u.disabledAt is null')
      .where('s.tokenHash = :tokenDigest and s.revokedAt is null and s.expiresAt > :now', { tokenDigest, now })
      .getOne();
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
