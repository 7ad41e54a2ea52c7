import type { Money } from '@evenhand/money';
import { parseCategories, parseLanguages, parseMarkets, parseText } from './checks';

export interface InfluencerProfile {
  readonly bio: string;
  /** Lower case. */
  readonly categories: readonly string[];
  /** Countries of the audience, ISO 3166-1 alpha-2. */
  readonly markets: readonly string[];
  readonly languages: readonly string[];
}

export interface Influencer extends InfluencerProfile {
  readonly id: string;
  readonly userId: string;
  readonly displayName: string;
  readonly country: string;
  readonly createdAt: Date;
  /** The least she asks for one deliverable: for everybody to see, one price a currency, none where she states none. */
  readonly askingPrices: readonly Money[];
}

const MAX_BIO = 2_000;

/** Throws `InvalidInput`. */
export function parseProfile(profile: InfluencerProfile): InfluencerProfile {
  return {
    bio: parseText('bio', profile.bio, MAX_BIO),
    categories: parseCategories(profile.categories),
    markets: parseMarkets(profile.markets),
    languages: parseLanguages(profile.languages),
  };
}
