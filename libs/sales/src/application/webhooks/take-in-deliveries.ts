import { Clock, DomainError, systemActor, type Transaction, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { UnreadableWebhook } from '../../domain/errors';
import type { RefundEvent } from '../../domain/sale-event';
import { checkIdentity } from '../../domain/validation';
import { IntakeRepository, refundKeyOf, saleKeyOf } from '../intake-repository';
import { reasonOf, type Receipt } from '../prepared-event';
import { ALONE, Procession, type Turn } from '../procession';
import { RefundRecorder } from '../refund-recorder';
import type { IntakeReason } from '../results';
import { SaleRecorder } from '../sale-recorder';
import { type DeliveryDecision, DeliveryStore, type WaitingDelivery } from './delivery-store';
import { WebhookFormats, type WebhookEvents } from './webhook-formats';

export interface TakeInDeliveriesCommand {
  readonly brandId: string;
  /** No further batch is begun after so many, so that other brands have their turn. */
  readonly limit: number;
}

const ACTOR = systemActor('take in deliveries');
const BATCH = 1_000;
/** While the rows of one batch are written, the next one posts, another one is planned, and one is read. */
const UNDER_WAY = 4;
/** Then a person has to look, three hours after the first: what is our fault should be mended by then. */
const MAX_ATTEMPTS = 8;
const FIRST_PAUSE_MS = 2_000;
const PAUSE_GROWTH = 4;
const IGNORED: IntakeReason = { code: 'NOT_A_SALE', message: 'The message is about neither a sale nor a refund.' };

interface ReadDelivery {
  readonly delivery: WaitingDelivery;
  readonly events: WebhookEvents;
  readonly reason: IntakeReason | null;
  readonly state: 'taken' | 'ignored' | 'failed';
}

/**
 * Records the sales and refunds of a brand's webhooks, in the order in which they came: a batch and what became of it in
 * one transaction. Batches overlap, but each posts and commits after the one before. What makes no sense fails with its
 * reason; where a batch fails for another one, its messages are taken one by one, and the one at fault is tried again with
 * growing pauses, then left to a person. Answers how many it decided; throws an `AggregateError` of what was no broken rule
 * after all were tried.
 */
@Injectable()
export class TakeInDeliveries {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly deliveries: DeliveryStore,
    private readonly formats: WebhookFormats,
    private readonly intake: IntakeRepository,
    private readonly sales: SaleRecorder,
    private readonly refunds: RefundRecorder,
  ) {}

  async execute({ brandId, limit }: TakeInDeliveriesCommand): Promise<{ readonly decided: number }> {
    const failures: unknown[] = [];
    let decided = 0;
    for (let last = 1; last > 0 && decided < limit; decided += last) {
      last = await this.takeBatches(brandId, limit - decided, failures);
    }
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} messages could not be taken in.`);
    return { decided };
  }

  private async takeBatches(brandId: string, limit: number, failures: unknown[]): Promise<number> {
    const procession = new Procession();
    const batches: Promise<number>[] = [];
    for (let found = BATCH; found === BATCH && batches.length * BATCH < limit;) {
      const reading = new Promise<number>((read) => {
        batches.push(procession.enter((turn) => this.take(brandId, BATCH, turn, ({ length }) => read(length))));
      });
      found = await Promise.race([reading, ...batches.slice(-1)]).catch(() => 0);
      await batches.at(-UNDER_WAY)?.catch(() => undefined);
    }
    const outcomes = await Promise.allSettled(batches);
    const decided = outcomes.reduce((sum, outcome) => sum + (outcome.status === 'fulfilled' ? outcome.value : 0), 0);
    const hasFailed = outcomes.some(({ status }) => status === 'rejected');
    return hasFailed ? decided + (await this.takeAlone(brandId, failures)) : decided;
  }

  private async takeAlone(brandId: string, failures: unknown[]): Promise<number> {
    try {
      return await this.take(brandId, BATCH, ALONE);
    } catch {
      // Whatever it was is met again, and told of, with the message at fault.
      return this.takeOneByOne(brandId, failures);
    }
  }

  private async takeOneByOne(brandId: string, failures: unknown[]): Promise<number> {
    for (let decided = 0; decided < BATCH; decided += 1) {
      let tried: WaitingDelivery | undefined;
      try {
        const taken = await this.take(brandId, 1, ALONE, ([delivery]) => (tried = delivery));
        if (taken === 0) return decided;
      } catch (error) {
        if (!tried) throw error;
        if (!(error instanceof DomainError)) failures.push(error);
        await this.postpone(tried, error);
      }
    }
    return BATCH;
  }

  private take(
    brandId: string,
    limit: number,
    turn: Turn,
    trying: (due: readonly WaitingDelivery[]) => void = () => undefined,
  ) {
    return this.uow.run(ACTOR, async (tx) => {
      const now = this.clock.now();
      // Not twice: a batch that is run again would find what it chose first in the hands of a later one.
      await turn.reach('choice');
      const due = await this.deliveries.lockDue(tx, brandId, now, limit);
      turn.pass('choice');
      trying(due);
      const read = due.map((delivery) => this.read(delivery));
      await turn.reach('names');
      await this.record(tx, brandId, now, read, turn);
      const decisions = read.map(({ delivery, state, reason }): DeliveryDecision => {
        const { deliveryId, attempts } = delivery;
        return { deliveryId, state, attempts: attempts + 1, dueAt: now, reason };
      });
      await this.deliveries.decide(tx, brandId, decisions, now);
      await turn.last();
      return due.length;
    });
  }

  private async record(
    tx: Transaction,
    brandId: string,
    receivedAt: Date,
    read: readonly ReadDelivery[],
    turn: Turn,
  ): Promise<void> {
    const receipt: Receipt = { brandId, receivedAt, receivedFrom: null, via: 'webhook', importId: null };
    const sales = read.flatMap(({ events }) => events.sales);
    const refunds = read.flatMap(({ events }) => events.refunds);
    await this.intake.enter(tx, brandId, 'together');
    // All at once and in one order, before the books are entered: the refunds come after the sales have posted.
    const locked = await this.intake.lockKeys(tx, brandId, [
      ...[...sales, ...refunds.map(saleOf)].map(saleKeyOf),
      ...refunds.map(refundKeyOf),
    ]);
    // Refunds lock and post once more, after the sales: then the whole batch is one step.
    if (refunds.length > 0) await turn.reach('books');
    if (sales.length > 0) await this.sales.record(tx, receipt, sales, locked, refunds.length > 0 ? ALONE : turn);
    if (refunds.length > 0) await this.refunds.record(tx, receipt, refunds, locked);
    turn.pass('names');
    turn.pass('books');
  }

  private read(delivery: WaitingDelivery): ReadDelivery {
    const { format, sourceName, topic, body } = delivery;
    try {
      if (body === null) throw new UnreadableWebhook('No key opens what was stored of the message.');
      const events = this.formats.read(format, sourceName, topic, body);
      // What has no name cannot be kept as an event, so that it must not be taken for one.
      for (const event of [...events.sales, ...events.refunds]) checkIdentity(event);
      const isAboutSales = events.sales.length + events.refunds.length > 0;
      if (isAboutSales) return { delivery, events, reason: null, state: 'taken' };
      return { delivery, events, reason: IGNORED, state: 'ignored' };
    } catch (error) {
      return { delivery, events: { sales: [], refunds: [] }, reason: reasonOf(error), state: 'failed' };
    }
  }

  private postpone({ brandId, deliveryId, attempts }: WaitingDelivery, error: unknown): Promise<void> {
    const now = this.clock.now();
    const isLast = attempts + 1 >= MAX_ATTEMPTS;
    const decision: DeliveryDecision = {
      deliveryId,
      state: isLast ? 'failed' : 'waiting',
      attempts: attempts + 1,
      dueAt: new Date(now.getTime() + FIRST_PAUSE_MS * PAUSE_GROWTH ** attempts),
      reason: failureOf(error),
    };
    return this.uow.run(ACTOR, (tx) => this.deliveries.decide(tx, brandId, [decision], now));
  }
}

function saleOf({ source, saleExternalId }: RefundEvent) {
  return { source, externalId: saleExternalId };
}

/** A broken rule tells what is wrong; anything else is ours, and its text no business of the brand's. */
function failureOf(error: unknown): IntakeReason {
  if (error instanceof DomainError) return reasonOf(error);
  return { code: 'INTERNAL_ERROR', message: 'The message could not be taken in.' };
}
