import { InvalidInput } from '@evenhand/kernel';

export type Parameters = Readonly<Record<string, string | undefined>>;

/** A parameter of the query as text; null where it is not there. One that is given twice is an array, and refused. */
export function textIn(query: Parameters, name: string): string | null {
  const text: unknown = query[name] ?? null;
  if (text === null || (typeof text === 'string' && !text.includes('\u0000'))) return text;
  throw new InvalidInput(name, 'Give this once, as text.');
}
