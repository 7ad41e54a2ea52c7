import type { Transaction } from '@evenhand/kernel';
import type { Session } from '../domain/session';

export abstract class SessionRepository {
  abstract add(tx: Transaction, session: Session, tokenDigest: Buffer): Promise<void>;
  /** A session that is neither expired nor revoked at `now`, of a user who is not disabled; in one round trip. */
  abstract findLive(tokenDigest: Buffer, now: Date): Promise<Session | null>;
  abstract prolong(tx: Transaction, sessionId: string, expiresAt: Date): Promise<void>;
  abstract revoke(tx: Transaction, tokenDigest: Buffer, at: Date): Promise<void>;
  abstract revokeAllOf(tx: Transaction, userId: string, at: Date): Promise<void>;
}
