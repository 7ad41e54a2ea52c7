import { ownPartyIds, type Actor } from '@evenhand/kernel';
import { escapeLiteral } from 'pg';

const SETTING_NAMES = [
  'evenhand.system',
  'evenhand.user_id',
  'evenhand.party_ids',
  'evenhand.represented_ids',
  'evenhand.staff_roles',
] as const;

/** The settings that row-level security reads, in the order of {@link SETTING_NAMES}. */
export function sessionSettingsOf(actor: Actor): readonly string[] {
  const person = actor.kind === 'person' ? actor : null;
  return [
    actor.kind === 'system' ? 'on' : 'off',
    person?.userId ?? '',
    arrayLiteral(ownPartyIds(actor)),
    arrayLiteral(person?.representations.map((r) => r.influencerId) ?? []),
    arrayLiteral(person?.staffRoles ?? []),
  ];
}

/** Sets the actor for the present transaction only, so that a pooled connection never keeps the last tenant. */
export const SET_ACTOR_SQL = `select ${SETTING_NAMES.map(
  (name, place) => `set_config('${name}', $${place + 1}, true)`,
).join(', ')}`;

/**
 * The same as commands without parameters, which need no plan, to be sent in one message with the one before them. The
 * system's rights include all others, so that nothing else is said of it.
 */
export function setActorText(actor: Actor): string {
  const settings = sessionSettingsOf(actor);
  const names = actor.kind === 'system' ? SETTING_NAMES.slice(0, 1) : SETTING_NAMES;
  return names.map((name, place) => `set local ${name} = ${escapeLiteral(settings[place] ?? '')}`).join('; ');
}

/** True, and the system is the actor until the end of the transaction; a statement's own, where nobody began one. */
export const BECOMES_SYSTEM_SQL = `set_config('${SETTING_NAMES[0]}', 'on', true) = 'on'`;

function arrayLiteral(values: readonly string[]): string {
  return `{${[...new Set(values)].join(',')}}`;
}
