import { ApiKeyExpiryOutOfRange, CreateApiKey, ListApiKeys, RevokeApiKey, UnknownScope } from '@evenhand/identity';
import type { Actor } from '@evenhand/kernel';
import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentActor, fromGlobalId, Input, resultUnion } from '../graphql';
import { CreateApiKeyInput, RevokeApiKeyInput } from './identity.inputs';
import { ApiKeyCreatedType, ApiKeyType, toApiKey } from './identity.types';

const CreateApiKeyResult = resultUnion('CreateApiKeyResult', () => ApiKeyCreatedType, [
  UnknownScope,
  ApiKeyExpiryOutOfRange,
]);

@Resolver(() => ApiKeyType)
export class ApiKeyResolver {
  constructor(
    private readonly listKeys: ListApiKeys,
    private readonly createKeys: CreateApiKey,
    private readonly revokeKeys: RevokeApiKey,
  ) {}

  @Query(() => [ApiKeyType], { description: 'One’s own keys and, for an owner, all keys bound to the party named.' })
  async apiKeys(
    @CurrentActor() actor: Actor,
    @Args('partyId', { type: () => ID, nullable: true }) partyId: string | null,
  ): Promise<ApiKeyType[]> {
    const query = { actor, partyId: partyId ? fromGlobalId('party', partyId) : null };
    return (await this.listKeys.execute(query)).map(toApiKey);
  }

  @Mutation(() => CreateApiKeyResult.type, { description: 'The secret is shown once.' })
  createApiKey(@CurrentActor() actor: Actor, @Input() input: CreateApiKeyInput) {
    return CreateApiKeyResult.of(async () => {
      const partyId = input.partyId ? fromGlobalId('party', input.partyId) : null;
      const { apiKey, secret } = await this.createKeys.execute({ ...input, actor, partyId });
      return { apiKey: toApiKey(apiKey), secret };
    });
  }

  @Mutation(() => ApiKeyType, { description: 'The key stops working at once.' })
  async revokeApiKey(@CurrentActor() actor: Actor, @Input() input: RevokeApiKeyInput): Promise<ApiKeyType> {
    return toApiKey(await this.revokeKeys.execute({ actor, apiKeyId: fromGlobalId('apikey', input.apiKeyId) }));
  }
}
