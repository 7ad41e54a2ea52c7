import {
  type Membership,
  type PersonActor,
  type Representation,
  type StaffRole,
  Clock,
  systemActor,
  type Transaction,
  Unauthenticated,
  UnitOfWork,
} from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';

export interface Rights {
  readonly influencerId: string | null;
  readonly memberships: readonly Membership[];
  /** Mandates in force at the instant asked for. */
  readonly representations: readonly Representation[];
  readonly staffRoles: readonly StaffRole[];
}

export abstract class RightsReader {
  /** Everything a user may act as at the instant, in one query; null for an unknown or disabled user. */
  abstract rightsOf(tx: Transaction, userId: string, at: Date): Promise<Rights | null>;
}

/** What a user may do in this request: read afresh each time, so that what was taken away is gone at once. */
@Injectable()
export class LoadActor {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly reader: RightsReader,
    private readonly clock: Clock,
  ) {}

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
    const rights = await this.uow.read(systemActor('load actor'), (tx) =>
      this.reader.rightsOf(tx, userId, this.clock.now()),
    );
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
