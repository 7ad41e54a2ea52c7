import type { DealSummary } from '@evenhand/deals';
import {
  actsForInfluencer,
  actsForOrganisation,
  authorize,
  hasStaffRole,
  InvalidInput,
  isInfluencer,
  NotFound,
  type PersonActor,
} from '@evenhand/kernel';
import { PLATFORM_PARTY_ID } from '@evenhand/parties';

type Sides = Pick<DealSummary, 'brandId' | 'influencerId'>;

/** Members of the brand, the influencer, and members of agencies that hold her mandate right now, in any role. */
export function isSideOf(person: PersonActor, { brandId, influencerId }: Sides): boolean {
  return actsForOrganisation(person, brandId, 'viewer') || actsForInfluencer(person, influencerId, 'viewer');
}

/**
 * For which party the person writes in the conversation. Whoever may act in the deal may write: managers of the brand for
 * it, the influencer for herself, managers of an agency that holds her mandate right now for that agency; and operators
 * for the platform. `wanted` chooses where one person may write for several, and null where there is one only.
 * Throws Forbidden, NotFound, InvalidInput.
 */
export function writingPartyOf(person: PersonActor, deal: Sides, wanted: string | null): string {
  const own = partiesOf(person, deal);
  authorize(own.length > 0, true, 'Deal', 'write in its conversation');
  if (wanted !== null && !own.includes(wanted)) throw new NotFound('Party');
  const [party = '', ...others] = wanted === null ? own : [wanted];
  if (others.length > 0) throw new InvalidInput('partyId', 'Say for which of your parties you write.');
  return party;
}

function partiesOf(person: PersonActor, { brandId, influencerId }: Sides): readonly string[] {
  const agencies = person.representations
    .filter((one) => one.influencerId === influencerId && actsForOrganisation(person, one.agencyId, 'manager'))
    .map((one) => one.agencyId);
  const parties = [
    ...(actsForOrganisation(person, brandId, 'manager') ? [brandId] : []),
    ...(isInfluencer(person, influencerId) ? [influencerId] : []),
    ...agencies,
    ...(hasStaffRole(person, 'operator') ? [PLATFORM_PARTY_ID] : []),
  ];
  return [...new Set(parties)];
}
