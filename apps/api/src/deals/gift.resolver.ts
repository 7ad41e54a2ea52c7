import {
  ForgoGift,
  NoteGiftProblem,
  ReadGiftAddress,
  ReceiveGift,
  ReportGiftLost,
  RequestGift,
  ShipGift,
} from '@evenhand/deals';
import type { Actor } from '@evenhand/kernel';
import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentActor, fromGlobalId, Input } from '../graphql';
import { PostalAddressType } from '../parties/delivery-address.types';
import { DealAnswer } from './deal-answer';
import {
  ForgoGiftInput,
  NoteGiftProblemInput,
  ReceiveGiftInput,
  ReportGiftLostInput,
  RequestGiftInput,
  ShipGiftInput,
} from './gift.inputs';
import {
  ForgoGiftResult,
  NoteGiftProblemResult,
  ReceiveGiftResult,
  ReportGiftLostResult,
  RequestGiftResult,
  ShipGiftResult,
} from './gift.results';

/** The way of a gift to the influencer; each mutation answers the whole deal. */
@Resolver()
export class GiftResolver {
  constructor(
    private readonly answer: DealAnswer,
    private readonly readAddress: ReadGiftAddress,
    private readonly request: RequestGift,
    private readonly ship: ShipGift,
    private readonly reportLost: ReportGiftLost,
    private readonly forgo: ForgoGift,
    private readonly receive: ReceiveGift,
    private readonly noteProblem: NoteGiftProblem,
  ) {}

  @Query(() => PostalAddressType, {
    nullable: true,
    description:
      'For the brand, from the request until the gift is there; null before, afterwards and if it was taken back.',
  })
  giftAddress(@CurrentActor() actor: Actor, @Args('dealId', { type: () => ID }) dealId: string) {
    return this.readAddress.execute({ actor, dealId: fromGlobalId('deal', dealId) });
  }

  @Mutation(() => RequestGiftResult.type, { description: 'Again before shipment, the later request counts.' })
  requestGift(@CurrentActor() actor: Actor, @Input() { dealId, addressId, choices }: RequestGiftInput) {
    const ids = { dealId: fromGlobalId('deal', dealId), addressId: fromGlobalId('address', addressId) };
    const plain = choices.map(({ itemNumber, choice }) => ({ itemNumber, choice }));
    const command = { actor, ...ids, choices: plain };
    return RequestGiftResult.of(() => this.answer.of(actor, this.request.execute(command)));
  }

  @Mutation(() => ShipGiftResult.type, { description: 'Again where the parcel before was lost.' })
  shipGift(@CurrentActor() actor: Actor, @Input() { dealId, carrier, trackingNumber }: ShipGiftInput) {
    const shipment = { carrier, trackingNumber: trackingNumber ?? null };
    const command = { actor, dealId: fromGlobalId('deal', dealId), ...shipment };
    return ShipGiftResult.of(() => this.answer.of(actor, this.ship.execute(command)));
  }

  @Mutation(() => ReportGiftLostResult.type, { description: 'For either side.' })
  reportGiftLost(@CurrentActor() actor: Actor, @Input() { dealId, note }: ReportGiftLostInput) {
    const command = { actor, dealId: fromGlobalId('deal', dealId), note: note ?? null };
    return ReportGiftLostResult.of(() => this.answer.of(actor, this.reportLost.execute(command)));
  }

  @Mutation(() => ForgoGiftResult.type, { description: 'A lost gift is not waited for any more.' })
  forgoGift(@CurrentActor() actor: Actor, @Input() { dealId }: ForgoGiftInput) {
    const command = { actor, dealId: fromGlobalId('deal', dealId) };
    return ForgoGiftResult.of(() => this.answer.of(actor, this.forgo.execute(command)));
  }

  @Mutation(() => ReceiveGiftResult.type)
  receiveGift(@CurrentActor() actor: Actor, @Input() { dealId, note }: ReceiveGiftInput) {
    const command = { actor, dealId: fromGlobalId('deal', dealId), note: note ?? null };
    return ReceiveGiftResult.of(() => this.answer.of(actor, this.receive.execute(command)));
  }

  @Mutation(() => NoteGiftProblemResult.type, { description: 'Something is wrong with a gift that is there.' })
  noteGiftProblem(@CurrentActor() actor: Actor, @Input() { dealId, note }: NoteGiftProblemInput) {
    const command = { actor, dealId: fromGlobalId('deal', dealId), note };
    return NoteGiftProblemResult.of(() => this.answer.of(actor, this.noteProblem.execute(command)));
  }
}
