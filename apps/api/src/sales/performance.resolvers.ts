import type { Actor } from '@evenhand/kernel';
import { type Performance, ReadPerformance } from '@evenhand/sales';
import { Injectable } from '@nestjs/common';
import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CampaignType } from '../campaigns/campaigns.types';
import { DealType } from '../deals/deal.types';
import { CurrentActor, fromGlobalId, LoaderPerActor } from '../graphql';
import { PerformanceType, toPerformance } from './performance.types';

/** What deals and campaigns came to; all that is asked for at the same moment is read at once. */
@Injectable()
export class PerformanceLoader {
  private readonly deals = this.loader('deal');
  private readonly campaigns = this.loader('campaign');

  constructor(private readonly read: ReadPerformance) {}

  ofDeal(actor: Actor, dealId: string): Promise<Performance> {
    return this.deals.load(actor, dealId);
  }

  ofCampaign(actor: Actor, campaignId: string): Promise<Performance> {
    return this.campaigns.load(actor, campaignId);
  }

  private loader(by: 'deal' | 'campaign') {
    return new LoaderPerActor<string, Performance>((actor, ids) => this.read.execute({ actor, by, ids }));
  }
}

@Resolver(() => DealType)
export class DealPerformanceResolver {
  constructor(private readonly performances: PerformanceLoader) {}

  @ResolveField(() => PerformanceType)
  async performance(@CurrentActor() actor: Actor, @Parent() { id }: DealType): Promise<PerformanceType> {
    return toPerformance(await this.performances.ofDeal(actor, fromGlobalId('deal', id)));
  }
}

@Resolver(() => CampaignType)
export class CampaignPerformanceResolver {
  constructor(private readonly performances: PerformanceLoader) {}

  @ResolveField(() => PerformanceType, {
    description: 'Of those of its deals that the viewer sees, cancelled ones aside.',
  })
  async performance(@CurrentActor() actor: Actor, @Parent() { id }: CampaignType): Promise<PerformanceType> {
    return toPerformance(await this.performances.ofCampaign(actor, fromGlobalId('campaign', id)));
  }
}
