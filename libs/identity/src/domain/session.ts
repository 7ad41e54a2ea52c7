const DAY_MS = 86_400_000;
const IDLE_DAYS = 14;
const ABSOLUTE_DAYS = 90;
/** A session in use is prolonged at most once in this time, so that reading does not write on every request. */
const PROLONG_EVERY_MS = 3_600_000;

export interface Session {
  readonly id: string;
  readonly userId: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/** As `identity.live_session` answers it: instants as ISO strings. */
export interface StoredSession {
  readonly id: string;
  readonly userId: string;
  readonly createdAt: string;
  readonly expiresAt: string;
}

export function sessionFromJson({ id, userId, createdAt, expiresAt }: StoredSession): Session {
  return { id, userId, createdAt: new Date(createdAt), expiresAt: new Date(expiresAt) };
}

/** When a session used at `now` expires: after 14 idle days, and 90 days after sign-in at the latest. */
export function sessionExpiry(createdAt: Date, now: Date): Date {
  const idle = now.getTime() + IDLE_DAYS * DAY_MS;
  const absolute = createdAt.getTime() + ABSOLUTE_DAYS * DAY_MS;
  return new Date(Math.min(idle, absolute));
}

/** The new expiry of a session used at `now`, or null while prolonging it is not worth a write. */
export function prolongedExpiry(session: Session, now: Date): Date | null {
  const expiresAt = sessionExpiry(session.createdAt, now);
  return expiresAt.getTime() - session.expiresAt.getTime() >= PROLONG_EVERY_MS ? expiresAt : null;
}
