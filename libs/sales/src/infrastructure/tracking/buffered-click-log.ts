import { setTimeout as pause } from 'node:timers/promises';
import { sqlStateOf, SystemCalls } from '@evenhand/platform';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { ClickLog, type ClickLogState } from '../../application/tracking/click-log';
import type { Click } from '../../domain/click';

const STORE = 'sales.store_clicks($1::uuid, $2::jsonb)';
/** A process that is killed loses the clicks of this long, and those of the statement under way. */
const GATHER_MS = 50;
const PAUSE_AFTER_FAILURE_MS = 1_000;
const BATCH_SIZE = 1_000;
/** Some 30 MB. While the database does not answer, later clicks are given up rather than kept in memory. */
const MAX_WAITING = 50_000;
const SHUTDOWN_MS = 5_000;

/** Clicks gathered in memory and stored in batches, one after the other. */
@Injectable()
export class BufferedClickLog extends ClickLog implements OnApplicationShutdown {
  private readonly logger = new Logger(BufferedClickLog.name);
  private waiting: Click[] = [];
  private underWay = 0;
  private lost = 0;
  private turn: NodeJS.Timeout | null = null;
  private storing: Promise<boolean> = Promise.resolve(true);
  private isClosing = false;

  constructor(private readonly calls: SystemCalls) {
    super();
  }

  override add(click: Click): void {
    if (this.waiting.length + this.underWay >= MAX_WAITING) {
      this.lost += 1;
      return;
    }
    this.waiting.push(click);
    this.storeAfter(GATHER_MS);
  }

  override state(): ClickLogState {
    return { waiting: this.waiting.length + this.underWay, lost: this.lost };
  }

  /** By then no request is under way any more. */
  async onApplicationShutdown(): Promise<void> {
    this.isClosing = true;
    if (this.turn) clearTimeout(this.turn);
    const until = Date.now() + SHUTDOWN_MS;
    await this.storing;
    while (this.waiting.length > 0 && Date.now() < until) {
      if (!(await this.storeBatch())) await pause(PAUSE_AFTER_FAILURE_MS);
    }
    if (this.waiting.length > 0) this.logger.error(`${this.waiting.length} clicks could not be stored.`);
  }

  private storeAfter(ms: number): void {
    if (this.isClosing) return;
    this.turn ??= setTimeout(() => void this.takeTurn(), ms).unref();
  }

  private async takeTurn(): Promise<void> {
    this.storing = this.storeBatch();
    const wentWell = await this.storing;
    this.turn = null;
    if (this.waiting.length > 0) this.storeAfter(wentWell ? GATHER_MS : PAUSE_AFTER_FAILURE_MS);
  }

  /** False where the database did not take them all: those wait on. */
  private async storeBatch(): Promise<boolean> {
    const batch = this.waiting.splice(0, BATCH_SIZE);
    this.underWay = batch.length;
    const left = new Set(batch);
    try {
      for (const [brandId, clicks] of byBrand(batch)) {
        await this.storeOf(brandId, clicks);
        for (const click of clicks) left.delete(click);
      }
      return true;
    } catch (error) {
      this.logger.warn(`Clicks wait, for they could not be stored: ${String(error)}`);
      return false;
    } finally {
      this.waiting.unshift(...left);
      this.underWay = 0;
    }
  }

  private async storeOf(brandId: string, clicks: readonly Click[]): Promise<void> {
    try {
      await this.calls.call('sales.store_clicks', STORE, [brandId, JSON.stringify(clicks)]);
    } catch (error) {
      // Data the database will never take must not keep back what comes after it.
      if (!/^2[23]/.test(sqlStateOf(error) ?? '')) throw error;
      this.lost += clicks.length;
      this.logger.error(`${clicks.length} clicks were refused: ${String(error)}`);
    }
  }
}

function byBrand(clicks: readonly Click[]): ReadonlyMap<string, readonly Click[]> {
  const groups = new Map<string, Click[]>();
  for (const click of clicks) {
    const group = groups.get(click.brandId);
    if (group) group.push(click);
    else groups.set(click.brandId, [click]);
  }
  return groups;
}
