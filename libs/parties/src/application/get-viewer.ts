import { UserProfiles } from '@evenhand/identity';
import {
  type Actor,
  type Membership,
  requirePerson,
  type StaffRole,
  Unauthenticated,
  UnitOfWork,
} from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import type { PartyName } from '../domain/party';
import { PartyDirectory } from './party-directory';

export interface Viewer {
  readonly userId: string;
  readonly email: string;
  readonly displayName: string;
  readonly locale: string;
  readonly staffRoles: readonly StaffRole[];
  readonly influencer: PartyName | null;
  readonly memberships: readonly (Membership & { readonly party: PartyName })[];
  /** Influencers whom the viewer's agencies may act for right now. */
  readonly represented: readonly PartyName[];
}

/** The person signed in, with everything they may act as. */
@Injectable()
export class GetViewer {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly users: UserProfiles,
    private readonly parties: PartyDirectory,
  ) {}

  async execute(query: { actor: Actor }): Promise<Viewer> {
    const actor = requirePerson(query.actor);
    const represented = [...new Set(actor.representations.map((representation) => representation.influencerId))];
    const own = actor.influencerId === null ? [] : [actor.influencerId];
    const ids = [...own, ...actor.memberships.map((membership) => membership.partyId), ...represented];
    const { profile, names } = await this.uow.read(actor, async (tx) => ({
      profile: (await this.users.profilesOf(tx, [actor.userId])).get(actor.userId),
      names: await this.parties.namesOf(tx, ids),
    }));
    if (profile === undefined) throw new Unauthenticated();
    return {
      userId: profile.id,
      email: profile.email,
      displayName: profile.displayName,
      locale: profile.locale,
      staffRoles: actor.staffRoles,
      influencer: actor.influencerId === null ? null : (names.get(actor.influencerId) ?? null),
      memberships: actor.memberships.flatMap((membership) => {
        const party = names.get(membership.partyId);
        return party === undefined ? [] : [{ ...membership, party }];
      }),
      represented: represented.flatMap((id) => names.get(id) ?? []),
    };
  }
}
