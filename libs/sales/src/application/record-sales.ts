import { Clock, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { TooManyEvents } from '../domain/errors';
import { MAX_EVENTS, type RecordSalesCommand, type RecordSalesResult } from './commands';
import { authorizeIntake } from './intake-rights';
import { receiptOf } from './prepared-event';
import { SaleRecorder } from './sale-recorder';

/**
 * Records orders of one brand in one transaction, one result per event: each once, whatever comes again. An event that
 * breaks a rule is refused alone and kept with its reason. Throws `NotFound`, `Forbidden`, `TooManyEvents`, `BookNotOpen`.
 */
@Injectable()
export class RecordSales {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly recorder: SaleRecorder,
  ) {}

  async execute({ actor, brandId, events }: RecordSalesCommand): Promise<RecordSalesResult> {
    authorizeIntake(actor, brandId);
    if (events.length > MAX_EVENTS) throw new TooManyEvents(MAX_EVENTS);
    return this.uow.run(actor, (tx) =>
      this.uow.asSystem(tx, () => this.recorder.record(tx, receiptOf(actor, brandId, this.clock.now()), events)),
    );
  }
}
