import { DomainError } from './domain-error';

/** The least that is asked for is above the most, so that nothing could ever be found. */
export class InvalidRange extends DomainError {
  readonly code = 'INVALID_RANGE';

  constructor(field: string) {
    super('The least of this range is above its most.', { field });
  }
}

/** Throws {@link InvalidRange} where both ends are given and the first is above the second; equal ends are a range. */
export function requireRange<End extends bigint | Date>(field: string, from: End | null, to: End | null): void {
  if (from !== null && to !== null && from > to) throw new InvalidRange(field);
}
