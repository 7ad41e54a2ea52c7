import {
  type Actor,
  type ChannelPlatform,
  InvalidInput,
  NotFound,
  type Page,
  type PageRequest,
  requirePerson,
  requireRange,
  UnitOfWork,
} from '@evenhand/kernel';
import { assertSameCurrency, type Money } from '@evenhand/money';
import { Injectable } from '@nestjs/common';
import { AUDIENCE_PARTS, parseSegment } from '../domain/channel';
import { parseCategories, parseLanguages, parseMarkets } from '../domain/checks';
import type { FitAsks } from '../domain/fit';
import { parseTextQuery } from '../domain/search-text';
import {
  type AudienceFilter,
  type InfluencerFilter,
  type InfluencerHit,
  InfluencerRepository,
  type InfluencerView,
  type PriceFilter,
} from './influencer-repository';

/** Within one list any entry may match, of `audience` all must; the fields must all match. */
export interface InfluencerSearch {
  /** Words that must all occur in name, handles, categories or biography; empty: any. */
  readonly text: string;
  readonly categories: readonly string[];
  readonly markets: readonly string[];
  readonly languages: readonly string[];
  readonly platforms: readonly ChannelPlatform[];
  readonly minFollowers: bigint | null;
  readonly maxFollowers: bigint | null;
  readonly audience: readonly AudienceFilter[];
  /** Bounds of the asking price, of one currency, both included. */
  readonly priceAtLeast: Money | null;
  readonly priceAtMost: Money | null;
}

/** Finds everybody. */
export const ANY_INFLUENCER: InfluencerSearch = {
  text: '',
  categories: [],
  markets: [],
  languages: [],
  platforms: [],
  minFollowers: null,
  maxFollowers: null,
  audience: [],
  priceAtLeast: null,
  priceAtMost: null,
};

export interface SearchInfluencersQuery {
  readonly actor: Actor;
  readonly search: InfluencerSearch;
  /** What a campaign asks for: those that fit best come first, with their reasons. Null: most followers first. */
  readonly asks: FitAsks | null;
  readonly page: PageRequest;
}

/** Profiles are for everybody signed in. Throws `InvalidInput`, `InvalidRange`, `CurrencyMismatch`. */
@Injectable()
export class SearchInfluencers {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly influencers: InfluencerRepository,
  ) {}

  async execute({ search, asks, page, ...query }: SearchInfluencersQuery): Promise<Page<InfluencerHit>> {
    const actor = requirePerson(query.actor);
    const filter = parseInfluencerSearch(search);
    return this.uow.read(actor, (tx) => this.influencers.search(tx, filter, asks, page));
  }
}

/** Which of some influencers a search finds for the actor. */
@Injectable()
export class MatchInfluencers {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly influencers: InfluencerRepository,
  ) {}

  async execute(query: {
    actor: Actor;
    search: InfluencerSearch;
    influencerIds: readonly string[];
  }): Promise<readonly string[]> {
    const filter = parseInfluencerSearch(query.search);
    return this.uow.read(query.actor, (tx) => this.influencers.matching(tx, filter, query.influencerIds));
  }
}

@Injectable()
export class GetInfluencer {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly influencers: InfluencerRepository,
  ) {}

  async execute(query: { actor: Actor; influencerId: string }): Promise<InfluencerView> {
    const actor = requirePerson(query.actor);
    const views = await this.uow.read(actor, (tx) => this.influencers.views(tx, [query.influencerId]));
    const view = views.get(query.influencerId);
    if (view === undefined) throw new NotFound('Influencer');
    return view;
  }
}

/** Throws `InvalidInput`, `InvalidRange`, `CurrencyMismatch`. */
export function parseInfluencerSearch(search: InfluencerSearch): InfluencerFilter {
  requireRange('followers', search.minFollowers, search.maxFollowers);
  return {
    text: parseTextQuery(search.text),
    categories: parseCategories(search.categories),
    markets: parseMarkets(search.markets),
    languages: parseLanguages(search.languages),
    platforms: search.platforms,
    minFollowers: search.minFollowers,
    maxFollowers: search.maxFollowers,
    audience: search.audience.map(parseAudienceFilter),
    price: parsePrice(search.priceAtLeast, search.priceAtMost),
  };
}

const MAX_AUDIENCE_FILTERS = 10;

function parseAudienceFilter(filter: AudienceFilter, place: number): AudienceFilter {
  const { part, segment, minPercent } = filter;
  const isPossible =
    AUDIENCE_PARTS.includes(part) && Number.isInteger(minPercent) && minPercent >= 1 && minPercent <= 100;
  if (!isPossible || place >= MAX_AUDIENCE_FILTERS) {
    throw new InvalidInput('audience', 'Ask for at most ten shares of 1 to 100 percent.');
  }
  return { part, segment: parseSegment(part, segment), minPercent };
}

function parsePrice(atLeast: Money | null, atMost: Money | null): PriceFilter | null {
  if (atLeast && atMost) assertSameCurrency(atLeast, atMost);
  const one = atLeast ?? atMost;
  if (!one) return null;
  const [atLeastMinor, atMostMinor] = [atLeast?.amountMinor ?? null, atMost?.amountMinor ?? null];
  requireRange('price', atLeastMinor, atMostMinor);
  return { currency: one.currency, atLeastMinor, atMostMinor };
}
