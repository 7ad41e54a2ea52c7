import type { StaffRole } from '@evenhand/kernel';
import { StaffRolesConflict } from './errors';

function isFinanceRole(role: StaffRole): boolean {
  return role !== 'operator';
}

/** The roles after granting `role`; throws {@link StaffRolesConflict}. Granting a role held already changes nothing. */
export function withStaffRole(held: readonly StaffRole[], role: StaffRole): readonly StaffRole[] {
  const conflict = held.find((other) => isFinanceRole(other) !== isFinanceRole(role));
  if (conflict !== undefined) throw new StaffRolesConflict(conflict, role);
  return [...new Set([...held, role])].toSorted();
}

export function withoutStaffRole(held: readonly StaffRole[], role: StaffRole): readonly StaffRole[] {
  return held.filter((other) => other !== role);
}
