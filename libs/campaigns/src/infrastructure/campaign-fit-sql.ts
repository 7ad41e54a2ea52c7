import { groupBy } from '@evenhand/kernel';
import { audienceWeight, FIT_WEIGHTS, type FitProfile } from '@evenhand/parties';
import type { Parameters } from './parameters';

/** The sum of the weights of `fitReasons`, as SQL over the columns that are kept for it. */
export function campaignScore(profile: FitProfile, parameters: Parameters): string {
  const { PLATFORM_MATCH, CATEGORY_MATCH, MARKET_MATCH, LANGUAGE_MATCH } = FIT_WEIGHTS;
  const overlap = (column: string, own: readonly string[], weight: number) =>
    `case when campaign.${column} && ${parameters.add(own)}::text[] then ${weight} else 0 end`;
  const parts = [
    overlap('channels', profile.platforms, PLATFORM_MATCH),
    overlap('categories', profile.categories, CATEGORY_MATCH),
    overlap('markets', profile.markets, MARKET_MATCH),
    overlap('languages', profile.languages, LANGUAGE_MATCH),
    audienceScore(profile, parameters),
    priceScore(profile, parameters),
  ];
  return `(${parts.join(' + ')})`;
}

/** The heaviest market that is wanted decides, so that they are asked for from the heaviest down. */
function audienceScore({ audienceCountries }: FitProfile, parameters: Parameters): string {
  const byWeight = groupBy(audienceCountries, ({ percent }) => audienceWeight(percent));
  const heaviestFirst = [...byWeight].filter(([weight]) => weight > 0).toSorted(([one], [other]) => other - one);
  const arms = heaviestFirst.map(([weight, shares]) => {
    const countries = parameters.add(shares.map(({ segment }) => segment));
    return `when campaign.markets && ${countries}::text[] then ${weight}`;
  });
  return arms.length === 0 ? '0' : `case ${arms.join(' ')} else 0 end`;
}

function priceScore({ askingPrices }: FitProfile, parameters: Parameters): string {
  const within = askingPrices.map(
    ({ currency, amountMinor }) =>
      `(campaign.cash_ceilings ->> ${parameters.add(currency)})::bigint >= ${parameters.add(`${amountMinor}`)}::bigint`,
  );
  return `case when ${['false', ...within].join(' or ')} then ${FIT_WEIGHTS.WITHIN_PRICE_RANGE} else 0 end`;
}
