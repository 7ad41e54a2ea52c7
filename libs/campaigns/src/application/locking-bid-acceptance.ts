import { Injectable } from '@nestjs/common';
import { NotFound, Outbox, type Transaction, UnitOfWork } from '@evenhand/kernel';
import type { Bid } from '../domain/bid';
import { acceptOffer } from '../domain/negotiation';
import { sideToAnswer } from './access';
import { type AcceptBidCommand, type AcceptedOffer, BidAcceptance } from './bid-acceptance';
import { bidEvent } from './events';
import { BidRepository, CampaignRepository } from './repositories';

/**
 * Acceptances of one campaign queue at its limits. The order of locks is the same everywhere, campaign, limits, bid,
 * so that two that cross wait for each other instead of deadlocking.
 */
@Injectable()
export class LockingBidAcceptance extends BidAcceptance {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly campaigns: CampaignRepository,
    private readonly bids: BidRepository,
    private readonly outbox: Outbox,
  ) {
    super();
  }

  override async accept(tx: Transaction, command: AcceptBidCommand): Promise<AcceptedOffer> {
    const visible = await this.bids.find(tx, command.bidId);
    if (!visible) throw new NotFound('Bid');
    sideToAnswer(command.actor, visible, 'accept an offer');
    // Budget and deal cap concern rivals' deals too, which the actor must not see.
    return this.uow.asSystem(tx, () => this.acceptLocked(tx, command, visible));
  }

  private async acceptLocked(tx: Transaction, command: AcceptBidCommand, visible: Bid): Promise<AcceptedOffer> {
    const { actor, bidId, offerNumber, now } = command;
    const campaign = await this.campaigns.lock(tx, visible.campaignId, 'to_rely_on');
    const use = await this.campaigns.lockUse(tx, visible.campaignId);
    const locked = await this.bids.lock(tx, bidId);
    if (!campaign || !use || !locked) throw new NotFound('Bid');
    const side = sideToAnswer(actor, locked, 'accept an offer');
    const accepted = acceptOffer(locked, campaign, use, side, offerNumber, now);
    await this.campaigns.saveUse(tx, campaign.id, accepted.use);
    await this.bids.save(tx, accepted.bid);
    await this.outbox.append(tx, [bidEvent('accepted', actor, accepted.bid, locked.state)]);
    return {
      bidId,
      offerNumber: accepted.offer.number,
      campaignId: campaign.id,
      campaignTitle: campaign.brief.title,
      brandId: campaign.brandId,
      influencerId: locked.influencerId,
      agencyId: locked.agencyId,
      compensation: accepted.offer.compensation,
      brief: campaign.brief,
    };
  }
}
