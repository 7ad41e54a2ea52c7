import type { RecordedEvent } from '@evenhand/kernel';
import type { Fact, FactsOf } from '../fact';
import { MARKETPLACE_FACTS } from './marketplace-facts';
import { PEOPLE_AND_MONEY_FACTS } from './people-and-money-facts';

const FACTS: Readonly<Record<string, FactsOf>> = { ...MARKETPLACE_FACTS, ...PEOPLE_AND_MONEY_FACTS };

/** The events of other contexts that somebody is told of. */
export const HEARD_TYPES: readonly string[] = Object.keys(FACTS);

export function factsOf(event: RecordedEvent): readonly Fact[] {
  return FACTS[event.type]?.(event) ?? [];
}
