import {
  type Actor,
  hasStaffRole,
  InvalidInput,
  isFinance,
  ownPartyIds,
  requireLocalDate,
  requirePerson,
  requireTimeZone,
} from '@evenhand/kernel';
import type { ReportFilter } from './report';
import type { ScopedFilter } from './report-queries';

/** Whose payouts the actor may look at: null for everybody's. Own parties and those represented right now. */
export function visiblePayees(actor: Actor): readonly string[] | null {
  if (isFinance(actor) || hasStaffRole(actor, 'operator')) return null;
  const person = requirePerson(actor);
  return [...new Set([...ownPartyIds(person), ...person.representations.map((r) => r.influencerId)])];
}

/** The checked filter with the payees the actor may report on. Throws `UnknownTimeZone`, `InvalidInput`, `Unauthenticated`. */
export function scopeOf(actor: Actor, filter: ReportFilter): ScopedFilter {
  const payeeIds = visiblePayees(actor);
  requireTimeZone(filter.timeZone);
  const from = filter.from === null ? null : requireLocalDate('from', filter.from);
  const to = filter.to === null ? null : requireLocalDate('to', filter.to);
  if (from !== null && to !== null && from >= to) {
    throw new InvalidInput('to', 'A report covers the days from "from" up to, but not including, "to".');
  }
  return { ...filter, from, to, payeeIds };
}
