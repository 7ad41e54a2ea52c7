import { TypeID } from 'typeid-js';

/** An id as the API writes it: `deal_01j…`. */
export function wireIdOf(prefix: string, uuid: string): string {
  return TypeID.fromUUID(prefix, uuid).toString();
}
