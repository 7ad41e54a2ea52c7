import { SecurityNoticesStayOn } from './errors';
import { type Group, GROUPS } from './kinds';

/** Where somebody is told of a group. */
export interface Channels {
  readonly inProduct: boolean;
  readonly email: boolean;
}

export interface Preference extends Channels {
  readonly group: Group;
  /** False for what cannot be switched off. */
  readonly mayChange: boolean;
}

const EVERYWHERE: Channels = { inProduct: true, email: true };

/** What applies to a group where somebody has chosen `chosen`, or nothing: everything is told until they say otherwise. */
export function channelsOf(group: Group, chosen: Channels | undefined): Channels {
  return group === 'security' ? EVERYWHERE : (chosen ?? EVERYWHERE);
}

/** Throws SecurityNoticesStayOn. */
export function assertMayChange(group: Group): void {
  if (group === 'security') throw new SecurityNoticesStayOn();
}

/** All groups in their order, with what applies to each. */
export function preferencesOf(chosen: ReadonlyMap<Group, Channels>): readonly Preference[] {
  return GROUPS.map((group) => ({ group, ...channelsOf(group, chosen.get(group)), mayChange: group !== 'security' }));
}
