import type { Actor } from '@evenhand/kernel';
import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { BidType } from '../campaigns/bids.types';
import { CurrentActor, fromGlobalId } from '../graphql';
import { ClashesOfBid } from './clashes-of-bid';
import { ExclusivityClashType, toExclusivityClash } from './exclusivity-clash.types';

@Resolver(() => BidType)
export class BidClashesResolver {
  constructor(private readonly clashes: ClashesOfBid) {}

  @ResolveField(() => [ExclusivityClashType], {
    description: 'What the campaign and running deals of hers clash in, as it stands now; none once the bid has ended.',
  })
  async exclusivityClashes(@CurrentActor() actor: Actor, @Parent() { id }: BidType): Promise<ExclusivityClashType[]> {
    return (await this.clashes.of(actor, fromGlobalId('bid', id))).map(toExclusivityClash);
  }
}
