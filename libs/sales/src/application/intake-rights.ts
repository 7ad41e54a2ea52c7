import {
  actsForOrganisation,
  authorize,
  type Actor,
  Forbidden,
  hasStaffRole,
  isFinance,
  Unauthenticated,
} from '@evenhand/kernel';

const WRITE_SCOPE = 'sales:write';
const READ_SCOPES = ['sales:read', 'reports:read'];

/** Managers of the brand, operators and the system; an API key needs the scope as well. */
export function authorizeIntake(actor: Actor, brandId: string, what = 'Brand'): void {
  const allowed = actsForOrganisation(actor, brandId, 'manager') || hasStaffRole(actor, 'operator');
  authorize(allowed, mayKnowBrand(actor, brandId), what, 'record sales of this brand');
  if (actor.kind === 'person' && actor.scopes !== null && !actor.scopes.includes(WRITE_SCOPE)) {
    throw new Forbidden('This API key may not record sales.', { scope: WRITE_SCOPE });
  }
}

/** Anybody signed in, for row-level security shows to each what is theirs; an API key needs a scope that reads. */
export function authorizeReading(actor: Actor): void {
  if (actor.kind === 'anonymous') throw new Unauthenticated();
  if (actor.kind === 'system' || actor.scopes === null) return;
  if (!actor.scopes.some((scope) => READ_SCOPES.includes(scope))) {
    throw new Forbidden('This API key may not read sales.', { scope: 'sales:read' });
  }
}

/** Members of the brand, finance, operators and the system. */
export function authorizeInbox(actor: Actor, brandId: string, what = 'Brand'): void {
  authorize(mayKnowBrand(actor, brandId), false, what, 'see the intake of this brand');
  authorizeReading(actor);
}

/** Whoever may know of all the deals of a brand. */
export function mayKnowBrand(actor: Actor, brandId: string): boolean {
  return actsForOrganisation(actor, brandId, 'viewer') || hasStaffRole(actor, 'operator') || isFinance(actor);
}
