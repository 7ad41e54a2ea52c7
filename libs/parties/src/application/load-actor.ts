import {
  type Membership,
  type PersonActor,
  type Representation,
  type StaffRole,
  Clock,
  Unauthenticated,
} from '@evenhand/kernel';
import { ProlongSession, SecretTokens, type Session } from '@evenhand/identity';
import { Injectable } from '@nestjs/common';

export interface Rights {
  readonly influencerId: string | null;
  readonly memberships: readonly Membership[];
  /** Mandates in force at the instant asked for. */
  readonly representations: readonly Representation[];
  readonly staffRoles: readonly StaffRole[];
}

/** A session with the rights of its user. */
export interface SessionRights {
  readonly session: Session;
  readonly rights: Rights;
}

export abstract class RightsReader {
  /** Of a session that is neither expired nor revoked, in one round trip; null for any other token. */
  abstract rightsOfSession(tokenDigest: Buffer, at: Date): Promise<SessionRights | null>;

  /** Everything a user may act as at the instant, in one round trip; null for an unknown or disabled user. */
  abstract rightsOf(userId: string, at: Date): Promise<Rights | null>;
}

/** What a user may do in this request: read afresh each time, so that what was taken away is gone at once. */
@Injectable()
export class LoadActor {
  constructor(
    private readonly reader: RightsReader,
    private readonly tokens: SecretTokens,
    private readonly prolongSession: ProlongSession,
    private readonly clock: Clock,
  ) {}

  /** The person whose session it is; null for anything unknown, expired, revoked, or of a disabled user. */
  async bySession(token: string): Promise<PersonActor | null> {
    const found = await this.reader.rightsOfSession(this.tokens.digest(token), this.clock.now());
    if (found === null) return null;
    await this.prolongSession.execute(found.session);
    return { kind: 'person', userId: found.session.userId, scopes: null, ...found.rights };
  }

  /**
   * `scopes` are those of the API key, null for a session; `partyId` is the only party a key may act for, null for all of
   * its creator's. A key bound to a party carries no staff roles. Throws `Unauthenticated` for a user who is gone.
   */
  async forUser(
    userId: string,
    scopes: readonly string[] | null,
    partyId: string | null = null,
    apiKeyId?: string,
  ): Promise<PersonActor> {
    const rights = await this.reader.rightsOf(userId, this.clock.now());
    if (rights === null) throw new Unauthenticated();
    return { kind: 'person', userId, scopes, apiKeyId, ...(partyId === null ? rights : rightsWithin(rights, partyId)) };
  }
}

function rightsWithin(rights: Rights, partyId: string): Rights {
  return {
    influencerId: rights.influencerId === partyId ? partyId : null,
    memberships: rights.memberships.filter((membership) => membership.partyId === partyId),
    representations: rights.representations.filter((representation) => representation.agencyId === partyId),
    staffRoles: [],
  };
}
