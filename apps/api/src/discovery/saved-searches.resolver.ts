import {
  ChangeSavedSearch,
  DeleteSavedSearch,
  ListSavedSearches,
  SavedSearchNameTaken,
  SaveSearch,
  TooManySavedSearches,
} from '@evenhand/discovery';
import { type Actor, InvalidInput, InvalidRange } from '@evenhand/kernel';
import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentActor, fromGlobalId, Input, resultUnion, toConnection } from '../graphql';
import {
  ChangeSavedSearchInput,
  DeleteSavedSearchInput,
  fromWanted,
  SavedSearchesArgs,
  SaveSearchInput,
} from './saved-searches.inputs';
import { SavedSearchConnection, SavedSearchDeleted, SavedSearchType, toSavedSearch } from './saved-searches.types';

const SaveSearchResult = resultUnion('SaveSearchResult', () => SavedSearchType, [
  SavedSearchNameTaken,
  TooManySavedSearches,
  InvalidRange,
]);
const ChangeSavedSearchResult = resultUnion('ChangeSavedSearchResult', () => SavedSearchType, [
  SavedSearchNameTaken,
  InvalidRange,
]);

@Resolver()
export class SavedSearchesResolver {
  constructor(
    private readonly save: SaveSearch,
    private readonly change: ChangeSavedSearch,
    private readonly remove: DeleteSavedSearch,
    private readonly list: ListSavedSearches,
  ) {}

  @Query(() => SavedSearchConnection, { description: 'One’s own saved searches, newest first.' })
  async savedSearches(
    @CurrentActor() actor: Actor,
    @Args() { kind, first, after }: SavedSearchesArgs,
  ): Promise<SavedSearchConnection> {
    return toConnection(await this.list.execute({ actor, kind, page: { first, after } }), toSavedSearch);
  }

  @Mutation(() => SaveSearchResult.type, {
    description: 'Keeps a search, and tells of new matches where one wants it.',
  })
  saveSearch(@CurrentActor() actor: Actor, @Input() input: SaveSearchInput) {
    return SaveSearchResult.of(async () => {
      const { name, notify } = input;
      const partyId = fromGlobalId('party', input.partyId);
      const wanted = fromWanted(input);
      if (!wanted) throw new InvalidInput('campaigns', 'Say what to look for: campaigns or influencers.');
      return toSavedSearch(await this.save.execute({ actor, partyId, name, notify, wanted }));
    });
  }

  @Mutation(() => ChangeSavedSearchResult.type, { description: 'What was told of a search is not told again.' })
  changeSavedSearch(@CurrentActor() actor: Actor, @Input() input: ChangeSavedSearchInput) {
    return ChangeSavedSearchResult.of(async () => {
      const { name, notify } = input;
      const searchId = fromGlobalId('search', input.savedSearchId);
      return toSavedSearch(await this.change.execute({ actor, searchId, name, notify, wanted: fromWanted(input) }));
    });
  }

  @Mutation(() => SavedSearchDeleted)
  async deleteSavedSearch(
    @CurrentActor() actor: Actor,
    @Input() { savedSearchId }: DeleteSavedSearchInput,
  ): Promise<SavedSearchDeleted> {
    await this.remove.execute({ actor, searchId: fromGlobalId('search', savedSearchId) });
    return { savedSearchId };
  }
}
