import { moneyOf } from '@evenhand/money';
import { type Fit, type FitAsks, type FitProfile, fitReasons } from '@evenhand/parties';
import type { Brief } from '../domain/brief';

/** What of a brief a profile is compared with: nothing that bidders do not read. */
export function asksOf({ channels, categories, markets, languages, compensation }: Brief): FitAsks {
  const cashCeilings = compensation.cash.map(({ currency, maximumMinor }) => moneyOf(maximumMinor, currency));
  return { platforms: channels, categories, markets, languages, cashCeilings };
}

/** The score as it was counted, and what it is made of. */
export function fitOfCampaign(profile: FitProfile, brief: Brief, score: number): Fit {
  return { score, reasons: fitReasons(profile, asksOf(brief)) };
}
