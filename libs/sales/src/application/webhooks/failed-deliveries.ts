import { type Actor, Clock, NotFound, type Page, type PageRequest, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { authorizeInbox, authorizeIntake } from '../intake-rights';
import { DeliveryStore, type FailedDelivery } from './delivery-store';

export interface ListFailedDeliveriesQuery {
  readonly actor: Actor;
  readonly brandId: string;
  readonly page: PageRequest;
}

export interface RetryDeliveriesCommand {
  readonly actor: Actor;
  readonly brandId: string;
  readonly deliveryIds: readonly string[];
}

/** Webhooks of a brand that nobody tries again, newest first. Throws `NotFound`, `Forbidden`. */
@Injectable()
export class ListFailedDeliveries {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly deliveries: DeliveryStore,
  ) {}

  async execute({ actor, brandId, page }: ListFailedDeliveriesQuery): Promise<Page<FailedDelivery>> {
    authorizeInbox(actor, brandId);
    return this.uow.read(actor, (tx) => this.deliveries.failedPage(tx, brandId, page));
  }
}

/** Lets failed webhooks be tried again; those that did not fail are left alone. Throws `NotFound`, `Forbidden`. */
@Injectable()
export class RetryDeliveries {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly deliveries: DeliveryStore,
  ) {}

  async execute({ actor, brandId, deliveryIds }: RetryDeliveriesCommand): Promise<{ readonly retried: number }> {
    authorizeIntake(actor, brandId);
    return this.uow.run(actor, (tx) =>
      this.uow.asSystem(tx, async () => {
        const known = await this.deliveries.idsOf(tx, brandId, deliveryIds);
        if (!deliveryIds.every((id) => known.has(id))) throw new NotFound('Delivery');
        return { retried: await this.deliveries.retry(tx, brandId, deliveryIds, this.clock.now()) };
      }),
    );
  }
}
