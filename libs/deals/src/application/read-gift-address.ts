import { type Actor, NotFound, UnitOfWork } from '@evenhand/kernel';
import { DeliveryAddressDirectory, type PostalAddress } from '@evenhand/parties';
import { Injectable } from '@nestjs/common';
import { needsAddress } from '../domain/gift';
import { giftOf, requireBrandManager } from './deal-access';
import { DealRepository } from './deal-repository';

/**
 * Where the brand sends the gift: from the influencer's request until it is there, back or forgone, while the deal runs.
 * Null before, afterwards, and where she took the address back. Nobody but a manager of the brand reads it here, least
 * of all an agency. Throws NotFound, Forbidden, NoGiftInDeal.
 */
@Injectable()
export class ReadGiftAddress {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly deals: DealRepository,
    private readonly addresses: DeliveryAddressDirectory,
  ) {}

  async execute({ actor, dealId }: { readonly actor: Actor; readonly dealId: string }): Promise<PostalAddress | null> {
    return this.uow.read(actor, async (tx) => {
      const deal = await this.deals.find(tx, dealId);
      if (!deal) throw new NotFound('Deal');
      requireBrandManager(actor, deal, 'read the address of the gift');
      const { progress } = giftOf(deal);
      const addressId = progress.request?.addressId ?? null;
      if (addressId === null || !needsAddress(progress) || deal.state !== 'active') return null;
      return this.uow.asSystem(tx, () => this.addresses.open(tx, addressId));
    });
  }
}
