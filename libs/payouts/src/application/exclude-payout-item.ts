import { type Actor, NotFound, nextState, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { batchStateAfter } from '../domain/batch';
import { ITEM_TRANSITIONS } from '../domain/item-state';
import { authorizeEditing, authorizePreparing } from './access';
import { BatchStep } from './batch-step';
import { BatchStore } from './batch-store';
import { requireReason } from './close-payout-batch';

export interface ExcludePayoutItemCommand {
  readonly actor: Actor;
  readonly itemId: string;
  readonly reason: string;
}

/** Takes an item out of a draft; what it would have paid is free for the next batch. Throws `NotFound`, `InvalidTransition`. */
@Injectable()
export class ExcludePayoutItem {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly step: BatchStep,
    private readonly batches: BatchStore,
  ) {}

  async execute({ actor, itemId, reason }: ExcludePayoutItemCommand): Promise<{ readonly batchId: string }> {
    authorizePreparing(actor);
    const why = requireReason(reason);
    const found = await this.uow.read(actor, (tx) => this.batches.item(tx, itemId));
    if (found === null) throw new NotFound('Payout item');
    const { batchId } = found;
    return this.step.run(actor, batchId, async (tx, batch, now) => {
      authorizeEditing(actor, batch.preparedBy);
      batchStateAfter(batch, 'exclude_item');
      const item = (await this.batches.item(tx, itemId)) ?? found;
      const state = nextState('The payout item', ITEM_TRANSITIONS, item.state, 'exclude');
      await this.batches.changeItems(tx, [{ itemId, state, reason: why, at: now }]);
      await this.step.tell(tx, 'item_excluded', batchId, { itemId, reason: why });
      return { batchId };
    });
  }
}
