import { DealsStillOpen, MoneyStillDue, OnlyOwnerOfOrganisation, StaffRoleHeld } from './errors';

/** In this order: what is found by the e-mail address comes before the address itself goes. */
export const ERASURE_STEPS = [
  'campaigns',
  'deals',
  'messages',
  'discovery',
  'notifications',
  'parties',
  'identity',
] as const;
export type ErasureStep = (typeof ERASURE_STEPS)[number];

export interface Erasure {
  readonly erasureId: string;
  readonly userId: string;
  /** Her own party. */
  readonly influencerId: string | null;
  /** Organisations that nobody else is in. */
  readonly aloneIn: readonly string[];
  readonly requestedBy: string;
  /** The operator's; null where the person asked for it herself. */
  readonly reason: string | null;
  readonly requestedAt: Date;
}

/** What others, or her own money, still need her for. */
export interface Ties {
  readonly holdsStaffRole: boolean;
  readonly onlyOwnerOf: readonly string[];
  readonly openDeals: number;
  readonly openBids: number;
  readonly openBalances: number;
  readonly unsettledPayouts: number;
}

/** Throws `StaffRoleHeld`, `OnlyOwnerOfOrganisation`, `DealsStillOpen`, `MoneyStillDue`, the first that binds. */
export function assertNothingBinds(ties: Ties): void {
  if (ties.holdsStaffRole) throw new StaffRoleHeld();
  if (ties.onlyOwnerOf.length > 0) throw new OnlyOwnerOfOrganisation(ties.onlyOwnerOf);
  if (ties.openDeals + ties.openBids > 0) throw new DealsStillOpen(ties.openDeals, ties.openBids);
  if (ties.openBalances + ties.unsettledPayouts > 0) throw new MoneyStillDue(ties.openBalances, ties.unsettledPayouts);
}

export function stepsLeft(done: readonly string[]): readonly ErasureStep[] {
  return ERASURE_STEPS.filter((step) => !done.includes(step));
}
