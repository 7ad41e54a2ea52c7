import { type Fulfilment, ReadFulfilment } from '@evenhand/deals';
import type { Actor } from '@evenhand/kernel';
import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentActor, fromGlobalId, LoaderPerActor } from '../graphql';
import { InfluencerType } from '../parties/influencer.types';
import { toFulfilment } from './gift.mapper';
import { FulfilmentType } from './gift.types';

/** On an influencer's profile; all that are asked for at the same moment are read at once. */
@Resolver(() => InfluencerType)
export class FulfilmentResolver {
  private readonly loader = new LoaderPerActor<string, Fulfilment>((_actor, influencerIds) =>
    this.readFulfilment.execute({ influencerIds }),
  );

  constructor(private readonly readFulfilment: ReadFulfilment) {}

  @ResolveField(() => FulfilmentType)
  async fulfilment(@CurrentActor() actor: Actor, @Parent() { id }: InfluencerType): Promise<FulfilmentType> {
    return toFulfilment(await this.loader.load(actor, fromGlobalId('party', id)));
  }
}
