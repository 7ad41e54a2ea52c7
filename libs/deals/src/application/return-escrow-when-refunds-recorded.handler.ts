import { OutboxHandler, type RecordedEvent, systemActor, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { hasEnded } from '../domain/deal';
import { DealMoney } from './deal-money';
import { DealRepository } from './deal-repository';

const TREASURER = systemActor('return escrow when refunds recorded');

/** What a refund puts back into the escrow of a deal that has ended goes on to the brand's balance. */
@Injectable()
export class ReturnEscrowWhenRefundsRecorded extends OutboxHandler {
  readonly name = 'return-escrow-when-refunds-recorded';
  readonly eventType = 'sales.refunds_recorded';

  constructor(
    private readonly uow: UnitOfWork,
    private readonly deals: DealRepository,
    private readonly money: DealMoney,
  ) {
    super();
  }

  /** A deal that still runs keeps the money: its end returns it. The lock makes one of the two see it. */
  override async handle({ payload }: RecordedEvent): Promise<void> {
    const { dealId } = payload;
    if (typeof dealId !== 'string') return;
    await this.uow.run(TREASURER, async (tx) => {
      const deal = await this.deals.lock(tx, dealId);
      if (deal && hasEnded(deal.state)) await this.money.returnUnused(tx, deal);
    });
  }
}
