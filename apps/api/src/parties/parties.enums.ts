import type { OrganisationKind, OrganisationRole, StaffRole } from '@evenhand/kernel';
import { AUDIENCE_PARTS, MANDATE_SIDES, MANDATE_STATES, type MandateCut, PARTY_KINDS } from '@evenhand/parties';
import { enumOf } from '../graphql';

export const ORGANISATION_KINDS: readonly OrganisationKind[] = ['brand', 'agency'];
export const ORGANISATION_ROLES: readonly OrganisationRole[] = ['owner', 'manager', 'viewer'];
export const STAFF_ROLES: readonly StaffRole[] = ['finance_preparer', 'finance_approver', 'operator'];
export const CUT_BASES: readonly MandateCut['of'][] = ['gross', 'remainder'];

export const CutBaseEnum = enumOf('CutBase', CUT_BASES);
export const MandateSideEnum = enumOf('MandateSide', MANDATE_SIDES);
export const MandateStateEnum = enumOf('MandateState', MANDATE_STATES);
export const OrganisationKindEnum = enumOf('OrganisationKind', ORGANISATION_KINDS);
export const OrganisationRoleEnum = enumOf('OrganisationRole', ORGANISATION_ROLES);
export const PartyKindEnum = enumOf('PartyKind', PARTY_KINDS);
export const StaffRoleEnum = enumOf('StaffRole', STAFF_ROLES);
export const AudiencePartEnum = enumOf('AudiencePart', AUDIENCE_PARTS);
export const INFLUENCER_ORDERS = ['followers', 'best_match'] as const;
export type InfluencerOrder = (typeof INFLUENCER_ORDERS)[number];
export const InfluencerOrderEnum = enumOf('InfluencerOrder', INFLUENCER_ORDERS);
