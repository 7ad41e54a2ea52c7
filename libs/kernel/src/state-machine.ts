import { InvalidTransition } from './domain-error';

/**
 * A state machine as a table: for every state, what each command allowed there leads to.
 * `Record` makes the compiler refuse a table that forgets a state.
 */
export type Transitions<State extends string, Command extends string> = Readonly<
  Record<State, Readonly<Partial<Record<Command, State>>>>
>;

/** The state after `command`, or {@link InvalidTransition} where the table does not allow it. */
export function nextState<State extends string, Command extends string>(
  what: string,
  table: Transitions<State, Command>,
  state: State,
  command: Command,
): State {
  const next = table[state][command];
  if (next === undefined) throw new InvalidTransition(what, state, command);
  return next;
}
