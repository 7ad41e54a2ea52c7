import { Injectable } from '@nestjs/common';
import { type Actor, Clock, NotFound, Outbox, UnitOfWork } from '@evenhand/kernel';
import type { Compensation } from '../domain/compensation';
import { counterOffer } from '../domain/negotiation';
import { nameOfActor, sideToAnswer } from './access';
import { type BidView, BidViews } from './bid-views';
import { bidEvent } from './events';
import { BidRepository, CampaignRepository } from './repositories';

export interface CounterOfferCommand {
  readonly actor: Actor;
  readonly bidId: string;
  /** The offer the actor answers; refused where a later one exists. */
  readonly inAnswerTo: number;
  readonly compensation: Compensation;
  readonly message: string | null;
  readonly expiresAt: Date | null;
}

/** Answers the other side's latest offer with another one. */
@Injectable()
export class CounterOffer {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly campaigns: CampaignRepository,
    private readonly bids: BidRepository,
    private readonly views: BidViews,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /**
   * Throws NotFound, Forbidden, InvalidTransition, CampaignClosed, DecisionDeadlinePassed, OfferSuperseded,
   * NotYourTurn, OfferExpired, InvalidOffer.
   */
  async execute(command: CounterOfferCommand): Promise<BidView> {
    const { actor, bidId, inAnswerTo, compensation, message, expiresAt } = command;
    return this.uow.run(actor, async (tx) => {
      const visible = await this.bids.find(tx, bidId);
      if (!visible) throw new NotFound('Bid');
      sideToAnswer(actor, visible, 'make an offer');
      const lock = () => this.campaigns.lock(tx, visible.campaignId, 'to_rely_on');
      const campaign = await this.uow.asSystem(tx, lock);
      const locked = await this.bids.lock(tx, bidId);
      if (!campaign || !locked) throw new NotFound('Bid');
      const side = sideToAnswer(actor, locked, 'make an offer');
      const draft = { compensation, message, expiresAt, offeredBy: nameOfActor(actor) };
      const bid = counterOffer(locked, campaign, side, inAnswerTo, draft, this.clock.now());
      await this.bids.save(tx, bid);
      await this.outbox.append(tx, [bidEvent('countered', actor, bid, locked.state)]);
      return this.views.one(tx, bid);
    });
  }
}
