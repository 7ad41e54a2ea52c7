import { SAVED_SEARCH_KINDS, type SavedSearchKind, type Wanted } from '@evenhand/discovery';
import { InvalidInput } from '@evenhand/kernel';
import { ArgsType, Field, InputType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { IsBoolean, IsIn, IsOptional, ValidateNested } from 'class-validator';
import { CampaignFilterInput, fromCampaignFilter } from '../campaigns/campaigns.inputs';
import { enumOf, IdField, PageArgs, Text } from '../graphql';
import { fromInfluencerFilter, InfluencerFilterInput } from '../parties/influencer.inputs';

export const SavedSearchKindEnum = enumOf('SavedSearchKind', SAVED_SEARCH_KINDS);

@InputType({ isAbstract: true })
abstract class WantedInput {
  @Field(() => CampaignFilterInput, { nullable: true, description: 'For a search for campaigns.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => CampaignFilterInput)
  campaigns: CampaignFilterInput | null = null;

  @Field(() => InfluencerFilterInput, { nullable: true, description: 'For a search for influencers.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => InfluencerFilterInput)
  influencers: InfluencerFilterInput | null = null;
}

@InputType()
export class SaveSearchInput extends WantedInput {
  @IdField({ description: 'The party of the actor’s for which the search is kept.' })
  partyId: string;

  @Field(() => String, { description: 'One line, up to 80 characters.' })
  @Text({ max: 80 })
  name: string;

  @Field(() => Boolean, { defaultValue: true, description: 'Whether to be told of new matches.' })
  @IsBoolean()
  notify: boolean = true;
}

@InputType({ description: 'What is left out stays as it is.' })
export class ChangeSavedSearchInput extends WantedInput {
  @IdField()
  savedSearchId: string;

  @Field(() => String, { nullable: true })
  @IsOptional()
  @Text({ max: 80 })
  name: string | null = null;

  @Field(() => Boolean, { nullable: true })
  @IsOptional()
  @IsBoolean()
  notify: boolean | null = null;
}

@InputType()
export class DeleteSavedSearchInput {
  @IdField()
  savedSearchId: string;
}

@ArgsType()
export class SavedSearchesArgs extends PageArgs {
  @Field(() => SavedSearchKindEnum, { nullable: true, description: 'Both kinds unless told.' })
  @IsOptional()
  @IsIn(SAVED_SEARCH_KINDS)
  kind: SavedSearchKind | null = null;
}

/** The one filter of the two that is given; null where none is. */
export function fromWanted({ campaigns, influencers }: WantedInput): Wanted | null {
  if (campaigns && influencers)
    throw new InvalidInput('influencers', 'A search looks for campaigns or for influencers.');
  if (campaigns) return { kind: 'campaigns', search: fromCampaignFilter(campaigns) };
  return influencers ? { kind: 'influencers', search: fromInfluencerFilter(influencers) } : null;
}
