import { requireSession } from '@evenhand/identity';
import {
  type Actor,
  actsForInfluencer,
  authorize,
  Clock,
  IdGenerator,
  isInfluencer,
  NotFound,
  Outbox,
  UnitOfWork,
} from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import {
  type DeliveryAddress,
  MAX_DELIVERY_ADDRESSES,
  parseAddressLabel,
  parsePostalAddress,
  type PostalAddress,
} from '../domain/delivery-address';
import { TooManyDeliveryAddresses } from '../domain/errors';
import { DeliveryAddressRepository } from './delivery-address-repository';
import { requireOwnInfluencer } from './party-access';
import { resealAll } from './reseal-all';

export interface AddDeliveryAddressCommand {
  readonly actor: Actor;
  readonly label: string;
  readonly postal: PostalAddress;
}

/** An address with what of it the asker may read. */
export interface DeliveryAddressView {
  readonly address: DeliveryAddress;
  /** Null for everybody but the influencer herself. */
  readonly postal: PostalAddress | null;
}

/** The influencer, and nobody for her, says where parcels reach her. Throws InvalidInput, TooManyDeliveryAddresses. */
@Injectable()
export class AddDeliveryAddress {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly addresses: DeliveryAddressRepository,
    private readonly outbox: Outbox,
    private readonly ids: IdGenerator,
    private readonly clock: Clock,
  ) {}

  async execute(command: AddDeliveryAddressCommand): Promise<DeliveryAddressView> {
    const { person, influencerId } = requireOwnInfluencer(command.actor);
    const label = parseAddressLabel(command.label);
    const postal = parsePostalAddress(command.postal);
    const times = { createdAt: this.clock.now() };
    const address = { id: this.ids.next(), influencerId, label, country: postal.country, ...times };
    await this.uow.run(person, async (tx) => {
      const there = await this.addresses.lockAndCount(tx, influencerId);
      if (there >= MAX_DELIVERY_ADDRESSES) throw new TooManyDeliveryAddresses(MAX_DELIVERY_ADDRESSES);
      await this.addresses.add(tx, address, postal);
      const payload = { addressId: address.id, by: person.userId };
      await this.outbox.append(tx, [{ type: 'parties.delivery_address_added', subjectId: influencerId, payload }]);
    });
    return { address, postal };
  }
}

/** The influencer takes an address back: it is deleted, also for gifts that were ordered to it and are not there yet. */
@Injectable()
export class RemoveDeliveryAddress {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly addresses: DeliveryAddressRepository,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async execute(command: {
    readonly actor: Actor;
    readonly addressId: string;
  }): Promise<{ readonly addressId: string }> {
    const { person, influencerId } = requireOwnInfluencer(command.actor);
    const { addressId } = command;
    return this.uow.run(person, async (tx) => {
      const removed = await this.addresses.remove(tx, influencerId, addressId, this.clock.now());
      if (!removed) throw new NotFound('Delivery address');
      const payload = { addressId, by: person.userId };
      await this.outbox.append(tx, [{ type: 'parties.delivery_address_removed', subjectId: influencerId, payload }]);
      return { addressId };
    });
  }
}

/** By label and country for whoever acts for the influencer; the addresses themselves for her alone. */
@Injectable()
export class ListDeliveryAddresses {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly addresses: DeliveryAddressRepository,
  ) {}

  async execute(query: {
    readonly actor: Actor;
    readonly influencerId: string;
  }): Promise<readonly DeliveryAddressView[]> {
    const { influencerId } = query;
    const actor = requireSession(query.actor);
    authorize(actsForInfluencer(actor, influencerId, 'viewer'), false, 'Influencer', 'see delivery addresses');
    return this.uow.read(actor, async (tx) => {
      const addresses = await this.addresses.list(tx, influencerId);
      const own = isInfluencer(actor, influencerId) ? addresses.map(({ id }) => id) : [];
      const opened = await this.addresses.open(tx, own);
      return addresses.map((address) => ({ address, postal: opened.get(address.id) ?? null }));
    });
  }
}

/** After a new encryption key was added: seals every address with it, so that the old key can go. Answers how many. */
@Injectable()
export class ResealDeliveryAddresses {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly addresses: DeliveryAddressRepository,
  ) {}

  execute(): Promise<{ resealed: number }> {
    return resealAll(this.uow, 'reseal delivery addresses', (tx, limit) => this.addresses.resealStale(tx, limit));
  }
}
