import { Injectable } from '@nestjs/common';
import { type Actor, Clock, IdGenerator, NotFound, Outbox, UnitOfWork, together } from '@evenhand/kernel';
import type { Compensation } from '../domain/compensation';
import { submitBid } from '../domain/negotiation';
import { bidderFor, nameOfActor } from './access';
import { type BidView, BidViews } from './bid-views';
import { bidEvent } from './events';
import { BidRepository, CampaignRepository } from './repositories';

export interface SubmitBidCommand {
  readonly actor: Actor;
  readonly campaignId: string;
  readonly influencerId: string;
  /** The agency that bids for her; null where she bids herself, or where the actor's one agency is meant. */
  readonly agencyId: string | null;
  readonly compensation: Compensation;
  readonly message: string | null;
  readonly expiresAt: Date | null;
}

/** Throws NotFound, Forbidden, CampaignClosed, BidDeadlinePassed, InvalidOffer, OpenBidExists. */
@Injectable()
export class SubmitBid {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly campaigns: CampaignRepository,
    private readonly bids: BidRepository,
    private readonly views: BidViews,
    private readonly outbox: Outbox,
    private readonly ids: IdGenerator,
    private readonly clock: Clock,
  ) {}

  async execute(command: SubmitBidCommand): Promise<BidView> {
    const { actor, campaignId, compensation, message, expiresAt } = command;
    const bidder = bidderFor(actor, command.influencerId, command.agencyId);
    const id = this.ids.next();
    return this.uow.run(actor, async (tx) => {
      const visible = await this.campaigns.find(tx, campaignId);
      if (!visible) throw new NotFound('Campaign');
      const lock = () => this.campaigns.lock(tx, campaignId, 'to_rely_on');
      const campaign = (await this.uow.asSystem(tx, lock)) ?? visible;
      const draft = { compensation, message, expiresAt, offeredBy: nameOfActor(actor) };
      const bid = submitBid(id, campaign, bidder, draft, this.clock.now());
      // None of these waits for another's answer; the first to fail is the one to tell.
      const [, , view] = await together(
        this.bids.insert(tx, bid),
        this.outbox.append(tx, [bidEvent('submitted', actor, bid, null)]),
        this.views.one(tx, bid),
      );
      return view;
    });
  }
}
