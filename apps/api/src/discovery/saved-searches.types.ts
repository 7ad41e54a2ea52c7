import type { SavedSearch, SavedSearchKind } from '@evenhand/discovery';
import { Field, GraphQLISODateTime, ID, ObjectType } from '@nestjs/graphql';
import { connectionOf, toGlobalId } from '../graphql';
import { SavedSearchKindEnum } from './saved-searches.inputs';
import { toFilterText } from './filter-text';

@ObjectType('SavedSearch', {
  description: 'A search that a person keeps for one of their parties; nobody else sees it.',
})
export class SavedSearchType {
  @Field(() => ID)
  id: string;

  @Field(() => ID)
  partyId: string;

  @Field(() => SavedSearchKindEnum)
  kind: SavedSearchKind;

  @Field(() => String)
  name: string;

  @Field(() => String, {
    description:
      'JSON of a CampaignFilterInput or an InfluencerFilterInput, to search with; equal filters are equal texts.',
  })
  filter: string;

  @Field(() => Boolean, { description: 'Whether the person is told of new matches.' })
  notify: boolean;

  @Field(() => GraphQLISODateTime)
  createdAt: Date;

  @Field(() => GraphQLISODateTime)
  changedAt: Date;
}

@ObjectType()
export class SavedSearchConnection extends connectionOf(SavedSearchType, 'SavedSearch') {}

@ObjectType('SavedSearchDeleted')
export class SavedSearchDeleted {
  @Field(() => ID)
  savedSearchId: string;
}

export function toSavedSearch(search: SavedSearch): SavedSearchType {
  const { kind, name, notify, createdAt, changedAt } = search;
  const id = toGlobalId('search', search.id);
  const partyId = toGlobalId('party', search.partyId);
  return { id, partyId, kind, name, filter: toFilterText(search), notify, createdAt, changedAt };
}
