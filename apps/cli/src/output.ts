import { DomainError } from '@evenhand/kernel';

/** What a command's end tells to whoever called it. */
export const EXIT = {
  done: 0,
  /** Nothing was done. */
  failed: 1,
  /** Done, but some rows were bad or refused; each was told. */
  doneInPart: 2,
} as const;

export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** What went wrong, for a person: a broken rule with its code, anything else with its message alone. */
export function failureText(error: unknown): string {
  if (error instanceof DomainError) return `${error.code}: ${error.message}`;
  return error instanceof Error ? error.message : String(error);
}

/** "1 sale", "2 sales". */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
