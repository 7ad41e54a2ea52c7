/** Source of new identifiers: UUIDv7, lower case, time-ordered. */
export abstract class IdGenerator {
  abstract next(): string;

  /** The id of what was named so at an instant: always the same one, and nobody else's. */
  abstract of(name: string, at: Date): string;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function isUuid(value: string): boolean {
  return UUID.test(value);
}
