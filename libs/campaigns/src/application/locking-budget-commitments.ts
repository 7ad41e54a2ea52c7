import { Injectable } from '@nestjs/common';
import { InvalidTransition, NotFound, type Transaction, UnitOfWork } from '@evenhand/kernel';
import { latestOffer } from '../domain/bid';
import { commitFees, uncommit, uncommitFees } from '../domain/negotiation';
import { BudgetCommitments } from './bid-acceptance';
import { BidRepository, CampaignRepository } from './repositories';

/** Locks in the order of an acceptance: limits, then bid. */
@Injectable()
export class LockingBudgetCommitments extends BudgetCommitments {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly campaigns: CampaignRepository,
    private readonly bids: BidRepository,
  ) {
    super();
  }

  override async commitFees(tx: Transaction, bidId: string, feesMinor: ReadonlyMap<string, bigint>): Promise<void> {
    if (feesMinor.size === 0) return;
    await this.uow.asSystem(tx, async () => {
      const found = await this.bids.find(tx, bidId);
      const use = found && (await this.campaigns.lockUse(tx, found.campaignId));
      if (!found || !use) throw new NotFound('Bid');
      await this.campaigns.saveUse(tx, found.campaignId, commitFees(use, feesMinor));
    });
  }

  override release(tx: Transaction, bidId: string, feesMinor: ReadonlyMap<string, bigint>, now: Date): Promise<void> {
    return this.uow.asSystem(tx, async () => {
      const found = await this.bids.find(tx, bidId);
      const use = found && (await this.campaigns.lockUse(tx, found.campaignId));
      if (!found || !use) throw new NotFound('Bid');
      if (found.state !== 'accepted') throw new InvalidTransition('The bid', found.state, 'release');
      if (!(await this.bids.markReleased(tx, bidId, now))) return;
      await this.campaigns.saveUse(
        tx,
        found.campaignId,
        uncommitFees(uncommit(use, latestOffer(found).compensation), feesMinor),
      );
    });
  }
}
