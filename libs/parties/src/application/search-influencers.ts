import {
  type Actor,
  type ChannelPlatform,
  NotFound,
  type Page,
  type PageRequest,
  requirePerson,
  UnitOfWork,
} from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { parseCategories, parseCountry, parseLanguages, parseMarkets } from '../domain/checks';
import { parseTextQuery } from '../domain/search-text';
import { InfluencerRepository, type InfluencerView } from './influencer-repository';

export interface InfluencerSearch {
  /** Words that must all occur in name, handles, categories or biography; empty: any. */
  readonly text: string;
  readonly categories: readonly string[];
  readonly markets: readonly string[];
  readonly languages: readonly string[];
  readonly platforms: readonly ChannelPlatform[];
  readonly minFollowers: bigint | null;
  readonly maxFollowers: bigint | null;
  readonly audience: { readonly country: string; readonly minPercent: number } | null;
}

/** Profiles are for everybody signed in; most followers first. */
@Injectable()
export class SearchInfluencers {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly influencers: InfluencerRepository,
  ) {}

  async execute(query: { actor: Actor; search: InfluencerSearch; page: PageRequest }): Promise<Page<InfluencerView>> {
    const actor = requirePerson(query.actor);
    const { search } = query;
    const filter = {
      ...search,
      text: parseTextQuery(search.text),
      categories: parseCategories(search.categories),
      markets: parseMarkets(search.markets),
      languages: parseLanguages(search.languages),
      audience: search.audience && { ...search.audience, country: parseCountry('audience', search.audience.country) },
    };
    return this.uow.read(actor, (tx) => this.influencers.search(tx, filter, query.page));
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
