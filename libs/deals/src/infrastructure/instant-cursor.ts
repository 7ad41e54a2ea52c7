import { cursorOf, isInstant, isUuid } from '@evenhand/kernel';

/** Instant and id of the last row of a page; throws InvalidInput for a cursor that is not ours. */
export function instantAndId(after: string): readonly string[] {
  return cursorOf({ after }, [isInstant, isUuid]) ?? [];
}
