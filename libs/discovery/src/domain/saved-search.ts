import { InvalidInput } from '@evenhand/kernel';
import type { StoredFilter } from './canonical-filter';

export const SAVED_SEARCH_KINDS = ['campaigns', 'influencers'] as const;
export type SavedSearchKind = (typeof SAVED_SEARCH_KINDS)[number];

/** How many one person keeps, over all parties. */
export const MAX_SAVED_SEARCHES = 50;
const MAX_NAME = 80;

/** A search that a person keeps for one of their parties. */
export interface SavedSearch {
  readonly id: string;
  readonly userId: string;
  readonly partyId: string;
  readonly kind: SavedSearchKind;
  readonly name: string;
  readonly filter: StoredFilter;
  /** True where the person wants to be told of new matches. */
  readonly notify: boolean;
  /** Counts the changes of the filter, from 1. */
  readonly version: number;
  readonly createdAt: Date;
  readonly changedAt: Date;
}

/** One line of up to 80 characters; throws `InvalidInput`. */
export function parseSearchName(text: string): string {
  const name = text.normalize('NFC').replaceAll(/\s+/gu, ' ').trim();
  if (name === '' || [...name].length > MAX_NAME || /\p{Cc}/u.test(name)) {
    throw new InvalidInput('name', `A name is one line of 1 to ${MAX_NAME} characters.`);
  }
  return name;
}
