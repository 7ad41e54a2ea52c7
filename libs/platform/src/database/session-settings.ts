import { ownPartyIds, type Actor, systemActor } from '@evenhand/kernel';
import { escapeLiteral } from 'pg';

const SETTING_NAMES = [
  'evenhand.system',
  'evenhand.user_id',
  'evenhand.party_ids',
  'evenhand.represented_ids',
  'evenhand.staff_roles',
] as const;
/** Who began the transaction, for the audit log; it stays while the system's rights are taken for a while. */
const ACTOR_NAME = 'evenhand.actor';

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
  const rights = names.map((name, place) => [name, settings[place] ?? ''] as const);
  return [...rights, [ACTOR_NAME, auditTextOf(actor)] as const]
    .map(([name, value]) => `set local ${name} = ${escapeLiteral(value)}`)
    .join('; ');
}

/**
 * True, and the system is the actor until the end of the transaction; a statement's own, where nobody began one. `name` says
 * in the audit log which job or call it was.
 */
export function becomesSystemSql(name: string): string {
  const actor = escapeLiteral(auditTextOf(systemActor(name)));
  return `set_config('${SETTING_NAMES[0]}', 'on', true) = 'on' and set_config('${ACTOR_NAME}', ${actor}, true) is not null`;
}

/** `person|user|API key|own parties|staff`, `system|name` or `anonymous`: what `audit.record` reads. */
function auditTextOf(actor: Actor): string {
  if (actor.kind === 'anonymous') return actor.kind;
  if (actor.kind === 'system') return `system|${actor.name}`;
  const staff = actor.staffRoles.length > 0 ? 'staff' : '';
  return ['person', actor.userId, actor.apiKeyId ?? '', arrayLiteral(ownPartyIds(actor)), staff].join('|');
}

function arrayLiteral(values: readonly string[]): string {
  return `{${[...new Set(values)].join(',')}}`;
}
