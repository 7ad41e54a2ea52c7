/** A condition with `?` wherever its one parameter stands, and the parameter; an undefined parameter drops the condition. */
export type Condition = readonly [sql: string, parameter: unknown];

/** The conditions joined by `and` with numbered parameters; `true` where there are none. */
export function whereOf(conditions: readonly Condition[]): {
  readonly sql: string;
  readonly parameters: readonly unknown[];
} {
  const given = conditions.filter(([, parameter]) => parameter !== undefined);
  const sql = given.map(([condition], index) => condition.replaceAll('?', `$${index + 1}`)).join(' and ');
  return { sql: sql === '' ? 'true' : sql, parameters: given.map(([, parameter]) => parameter) };
}
