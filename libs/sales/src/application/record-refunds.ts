import { Clock, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { TooManyEvents } from '../domain/errors';
import { MAX_EVENTS, type RecordRefundsCommand, type RecordRefundsResult } from './commands';
import { authorizeIntake } from './intake-rights';
import { receiptOf } from './prepared-event';
import { RefundRecorder } from './refund-recorder';

/**
 * Records refunds of one brand in one transaction, one result per event: each once, whatever comes again. A refund that
 * comes before its sale is parked and applied with it. Throws `NotFound`, `Forbidden`, `TooManyEvents`, `BookNotOpen`.
 */
@Injectable()
export class RecordRefunds {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly recorder: RefundRecorder,
  ) {}

  async execute({ actor, brandId, events }: RecordRefundsCommand): Promise<RecordRefundsResult> {
    authorizeIntake(actor, brandId);
    if (events.length > MAX_EVENTS) throw new TooManyEvents(MAX_EVENTS);
    return this.uow.run(actor, (tx) =>
      this.uow.asSystem(tx, () => this.recorder.record(tx, receiptOf(actor, brandId, this.clock.now()), events)),
    );
  }
}
