import { ApiKeyExpiryOutOfRange, UnknownScope } from './errors';
import { isScope, type Scope } from './scope';

const DAY_MS = 86_400_000;
const MAX_DAYS = 366;

export interface ApiKey {
  readonly id: string;
  readonly name: string;
  /** The first characters of the key, for telling keys apart; of no use for guessing the rest. */
  readonly prefix: string;
  readonly scopes: readonly Scope[];
  /** The only party the key may act for; null for all of its creator's. */
  readonly partyId: string | null;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}

/** Throws {@link UnknownScope}; repeated scopes count once. */
export function parseScopes(scopes: readonly string[]): readonly Scope[] {
  const parsed = scopes.map((scope) => {
    if (!isScope(scope)) throw new UnknownScope(scope);
    return scope;
  });
  return [...new Set(parsed)].toSorted();
}

/** Throws {@link ApiKeyExpiryOutOfRange}: a forgotten key must end by itself. */
export function assertApiKeyExpiry(expiresAt: Date, now: Date): void {
  const days = (expiresAt.getTime() - now.getTime()) / DAY_MS;
  if (!(days > 0 && days <= MAX_DAYS)) throw new ApiKeyExpiryOutOfRange(MAX_DAYS);
}
