import type { Actor } from '@evenhand/kernel';
import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { DealType } from '../deals/deal.types';
import { CurrentActor, fromGlobalId } from '../graphql';
import { ClicksOfDeal } from './clicks-of-deal';
import { DealClicksType } from './tracking.types';

@Resolver(() => DealType)
export class DealClicksResolver {
  constructor(private readonly clicksOfDeal: ClicksOfDeal) {}

  @ResolveField(() => DealClicksType, { description: 'How often its links were followed.' })
  clicks(@CurrentActor() actor: Actor, @Parent() deal: DealType): Promise<DealClicksType> {
    return this.clicksOfDeal.of(actor, fromGlobalId('deal', deal.id));
  }
}
