import { GetDeal, ReceiveGift, ReturnGift, ShipGift } from '@evenhand/deals';
import type { Actor } from '@evenhand/kernel';
import { Mutation, Resolver } from '@nestjs/graphql';
import { CurrentActor, fromGlobalId, Input } from '../graphql';
import { ReceiveGiftInput, ReturnGiftInput, ShipGiftInput } from './deal.inputs';
import { toDeal } from './deal.mapper';
import { ReceiveGiftResult, ReturnGiftResult, ShipGiftResult } from './deal.results';
import type { DealType } from './deal.types';

/** The way of a gift; each mutation answers the whole deal. */
@Resolver()
export class GiftResolver {
  constructor(
    private readonly getDeal: GetDeal,
    private readonly ship: ShipGift,
    private readonly receive: ReceiveGift,
    private readonly takeBack: ReturnGift,
  ) {}

  @Mutation(() => ShipGiftResult.type)
  shipGift(@CurrentActor() actor: Actor, @Input() { dealId, carrier, trackingNumber }: ShipGiftInput) {
    const shipment = { carrier, trackingNumber: trackingNumber ?? null };
    const command = { actor, dealId: fromGlobalId('deal', dealId), ...shipment };
    return ShipGiftResult.of(async () => this.shown(actor, await this.ship.execute(command)));
  }

  @Mutation(() => ReceiveGiftResult.type)
  receiveGift(@CurrentActor() actor: Actor, @Input() { dealId }: ReceiveGiftInput) {
    const command = { actor, dealId: fromGlobalId('deal', dealId) };
    return ReceiveGiftResult.of(async () => this.shown(actor, await this.receive.execute(command)));
  }

  @Mutation(() => ReturnGiftResult.type)
  returnGift(@CurrentActor() actor: Actor, @Input() { dealId }: ReturnGiftInput) {
    const command = { actor, dealId: fromGlobalId('deal', dealId) };
    return ReturnGiftResult.of(async () => this.shown(actor, await this.takeBack.execute(command)));
  }

  private async shown(actor: Actor, { dealId }: { readonly dealId: string }): Promise<DealType> {
    return toDeal(await this.getDeal.execute({ actor, dealId }));
  }
}
