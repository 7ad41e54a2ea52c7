import { ownPartyIds, type Actor } from '@evenhand/kernel';
import { escapeLiteral } from 'pg';

/** The settings that row-level security reads, in the order of {@link SET_ACTOR_SQL}'s parameters. */
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
export const SET_ACTOR_SQL = `
  select set_config('evenhand.system', $1, true), set_config('evenhand.user_id', $2, true),
         set_config('evenhand.party_ids', $3, true), set_config('evenhand.represented_ids', $4, true),
         set_config('evenhand.staff_roles', $5, true)`;

/** The same as a text without parameters, to be sent in one message with the statement before it. */
export function setActorText(actor: Actor): string {
  const settings = sessionSettingsOf(actor);
  return SET_ACTOR_SQL.replace(/\$(\d)/g, (_, place: string) => escapeLiteral(settings[Number(place) - 1] ?? ''));
}

function arrayLiteral(values: readonly string[]): string {
  return `{${[...new Set(values)].join(',')}}`;
}
