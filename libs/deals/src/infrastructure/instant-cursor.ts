import { decodeCursor, InvalidInput, isUuid } from '@evenhand/kernel';

/** Instant and id of the last row of a page; throws InvalidInput for a cursor that is not ours. */
export function instantAndId(cursor: string): readonly [Date, string] {
  const [instant = '', id = ''] = decodeCursor(cursor, 2);
  const at = new Date(instant);
  if (Number.isNaN(at.getTime()) || !isUuid(id)) throw new InvalidInput('after', 'This cursor is not one of ours.');
  return [at, id];
}
