import { type Actor, actsForOrganisation, hasStaffRole, isInfluencer, ownPartyIds } from '@evenhand/kernel';

interface Sides {
  readonly brandId: string;
  readonly influencerId: string;
}

interface ChainPart {
  readonly partyId: string;
  readonly role: 'platform' | 'agency' | 'influencer';
}

/**
 * Which parts of a chain of cuts the actor may see: the brand that pays, the influencer and staff all of them; a member of
 * an agency everything but what other agencies take. Row-level security says the same of the ledger's shares.
 */
export function chainSight(actor: Actor, { brandId, influencerId }: Sides): (part: ChainPart) => boolean {
  const seesAll =
    actsForOrganisation(actor, brandId, 'viewer') ||
    isInfluencer(actor, influencerId) ||
    hasStaffRole(actor, 'operator', 'finance_preparer', 'finance_approver');
  const own = ownPartyIds(actor);
  return ({ partyId, role }) => seesAll || role !== 'agency' || own.includes(partyId);
}
