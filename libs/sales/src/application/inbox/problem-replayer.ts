import type { Transaction } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { refundOfContent, saleOfContent } from '../../domain/content';
import { RowReplayer } from '../files/row-replayer';
import { type IntakeKey, IntakeRepository } from '../intake-repository';
import type { Receipt } from '../prepared-event';
import { RefundRecorder } from '../refund-recorder';
import type { RefundResult, SaleResult } from '../results';
import { SaleRecorder } from '../sale-recorder';
import { DeliveryStore } from '../webhooks/delivery-store';
import { InboxRepository } from './inbox-repository';
import type { IntakeProblem, ReplayedProblem } from './problem';

/**
 * Takes problems in again, through what records sales and refunds from anywhere: what was recorded meanwhile is a
 * duplicate. Inside a transaction with the system's rights.
 */
@Injectable()
export class ProblemReplayer {
  constructor(
    private readonly inbox: InboxRepository,
    private readonly intake: IntakeRepository,
    private readonly sales: SaleRecorder,
    private readonly refunds: RefundRecorder,
    private readonly deliveries: DeliveryStore,
    private readonly rows: RowReplayer,
  ) {}

  /** Locks the names of the events among them, alone in the brand's intake, and answers what they are then: all but those recorded meanwhile. */
  async lock(tx: Transaction, brandId: string, problemIds: readonly string[]): Promise<readonly IntakeProblem[]> {
    await this.intake.enter(tx, brandId, 'alone');
    const found = await this.inbox.find(tx, brandId, problemIds);
    await this.intake.lockKeys(tx, brandId, found.flatMap(keysOf));
    return this.inbox.find(tx, brandId, problemIds);
  }

  /** In the order in which they came; answers one outcome each, in their order. */
  async replay(
    tx: Transaction,
    receipt: Receipt,
    problems: readonly IntakeProblem[],
  ): Promise<readonly ReplayedProblem[]> {
    const { brandId, receivedAt } = receipt;
    const inOrder = [...problems].sort(byArrival);
    const outcomes = [
      ...(await this.replaySales(tx, receipt, inOrder.filter(isEvent('sale')))),
      ...(await this.replayRefunds(tx, receipt, inOrder.filter(isEvent('refund')))),
      ...(await this.retryMessages(
        tx,
        receipt,
        inOrder.filter(({ form }) => form === 'message'),
      )),
      ...(await this.rows.replay(tx, receipt, inOrder.filter(({ form }) => form === 'row').map(idOf))),
    ];
    await this.inbox.markReplayed(tx, brandId, problems.map(idOf), receivedAt);
    const byId = new Map(outcomes.map((outcome) => [outcome.problemId, outcome]));
    return problems.flatMap(({ problemId }) => byId.get(problemId) ?? []);
  }

  private async replaySales(tx: Transaction, receipt: Receipt, problems: readonly IntakeProblem[]) {
    if (problems.length === 0) return [];
    const events = problems.map(({ content }) => saleOfContent(content ?? ''));
    return replayed(problems, await this.sales.record(tx, receipt, events));
  }

  private async replayRefunds(tx: Transaction, receipt: Receipt, problems: readonly IntakeProblem[]) {
    if (problems.length === 0) return [];
    const events = problems.map(({ content }) => refundOfContent(content ?? ''));
    return replayed(problems, await this.refunds.record(tx, receipt, events));
  }

  private async retryMessages(
    tx: Transaction,
    { brandId, receivedAt }: Receipt,
    problems: readonly IntakeProblem[],
  ): Promise<readonly ReplayedProblem[]> {
    if (problems.length === 0) return [];
    await this.deliveries.retry(tx, brandId, problems.map(idOf), receivedAt);
    return problems.map(({ problemId }) => ({ problemId, outcome: 'waiting', reason: null }));
  }
}

function isEvent(kind: 'sale' | 'refund') {
  return (problem: IntakeProblem) => problem.form === 'event' && problem.kind === kind;
}

function idOf({ problemId }: IntakeProblem): string {
  return problemId;
}

function byArrival(left: IntakeProblem, right: IntakeProblem): number {
  const apart = left.receivedAt.getTime() - right.receivedAt.getTime();
  return apart === 0 ? left.problemId.localeCompare(right.problemId) : apart;
}

function keysOf({ form, kind, source, externalId, content, mendedContent }: IntakeProblem): readonly IntakeKey[] {
  if (form !== 'event' || kind === null || externalId === null) return [];
  const own: IntakeKey = { kind, source, externalId };
  if (kind === 'sale') return [own];
  const { saleExternalId } = refundOfContent(mendedContent ?? content ?? '');
  return [own, { kind: 'sale', source, externalId: saleExternalId }];
}

function replayed(
  problems: readonly IntakeProblem[],
  results: readonly (SaleResult | RefundResult)[],
): readonly ReplayedProblem[] {
  return problems.flatMap(({ problemId }, index) => {
    const result = results[index];
    if (!result) return [];
    // A repetition of what still waits is what it was before.
    const isStillOpen = result.firstStatus === 'unattributed' || result.firstStatus === 'parked';
    return [{ problemId, outcome: isStillOpen ? result.firstStatus : result.status, reason: result.reason }];
  });
}
