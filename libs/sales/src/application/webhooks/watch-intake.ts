import { Clock, systemActor, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { DeliveryStore, type IntakeBacklog } from './delivery-store';

const ACTOR = systemActor('watch intake');

/** What waits to be taken in: for whoever hands out the work, and for whoever watches the system. */
@Injectable()
export class WatchIntake {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly deliveries: DeliveryStore,
  ) {}

  /** Brands of which some is due, longest waiting first. */
  brandsWithDue(limit: number): Promise<readonly string[]> {
    return this.uow.read(ACTOR, (tx) => this.deliveries.brandsWithDue(tx, this.clock.now(), limit));
  }

  backlog(): Promise<IntakeBacklog> {
    return this.uow.read(ACTOR, (tx) => this.deliveries.backlog(tx));
  }
}
