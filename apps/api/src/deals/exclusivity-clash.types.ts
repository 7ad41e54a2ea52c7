import type { ClashDirection, ExclusivityClash } from '@evenhand/deals';
import { Field, ID, ObjectType } from '@nestjs/graphql';
import { toGlobalId } from '../graphql';
import { ClashDirectionEnum } from './deal.enums';

@ObjectType('ExclusivityClash', {
  description: 'A running deal of the influencer that the campaign clashes with: its days, and nothing else of it.',
})
export class ExclusivityClashType {
  @Field(() => ClashDirectionEnum, {
    description: 'Whose exclusivity it is: the running deal’s, or this campaign’s own.',
  })
  direction: ClashDirection;

  @Field(() => String)
  category: string;

  @Field(() => String, { description: 'YYYY-MM-DD, included: of the deal’s exclusivity, or of its work.' })
  from: string;

  @Field(() => String, { description: 'YYYY-MM-DD, included.' })
  to: string;

  @Field(() => ID, { nullable: true, description: 'For the influencer’s side alone.' })
  dealId: string | null;
}

export function toExclusivityClash(clash: ExclusivityClash): ExclusivityClashType {
  return { ...clash, dealId: clash.dealId === null ? null : toGlobalId('deal', clash.dealId) };
}
