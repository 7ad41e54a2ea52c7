import type { Actor } from '@evenhand/kernel';
import {
  AddDeliveryAddress,
  ListDeliveryAddresses,
  RemoveDeliveryAddress,
  TooManyDeliveryAddresses,
} from '@evenhand/parties';
import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentActor, fromGlobalId, Input, resultUnion } from '../graphql';
import {
  AddDeliveryAddressInput,
  DeliveryAddressRemovedType,
  DeliveryAddressType,
  RemoveDeliveryAddressInput,
  toDeliveryAddress,
} from './delivery-address.types';

const AddDeliveryAddressResult = resultUnion('AddDeliveryAddressResult', () => DeliveryAddressType, [
  TooManyDeliveryAddresses,
]);

@Resolver(() => DeliveryAddressType)
export class DeliveryAddressResolver {
  constructor(
    private readonly list: ListDeliveryAddresses,
    private readonly add: AddDeliveryAddress,
    private readonly remove: RemoveDeliveryAddress,
  ) {}

  @Query(() => [DeliveryAddressType], {
    description: 'For the influencer, and by label for agencies that act for her.',
  })
  async deliveryAddresses(
    @CurrentActor() actor: Actor,
    @Args('influencerId', { type: () => ID }) influencerId: string,
  ): Promise<DeliveryAddressType[]> {
    const addresses = await this.list.execute({ actor, influencerId: fromGlobalId('party', influencerId) });
    return addresses.map(toDeliveryAddress);
  }

  @Mutation(() => AddDeliveryAddressResult.type)
  addDeliveryAddress(@CurrentActor() actor: Actor, @Input() { label, ...postal }: AddDeliveryAddressInput) {
    return AddDeliveryAddressResult.of(async () => toDeliveryAddress(await this.add.execute({ actor, label, postal })));
  }

  @Mutation(() => DeliveryAddressRemovedType, {
    description: 'Deletes it for good; a brand that has not sent the gift yet cannot read it any more.',
  })
  async removeDeliveryAddress(
    @CurrentActor() actor: Actor,
    @Input() input: RemoveDeliveryAddressInput,
  ): Promise<DeliveryAddressRemovedType> {
    await this.remove.execute({ actor, addressId: fromGlobalId('address', input.addressId) });
    return { addressId: input.addressId };
  }
}
