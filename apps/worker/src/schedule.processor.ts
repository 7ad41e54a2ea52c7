import { SCHEDULE_QUEUE, TAKE_OVER } from '@evenhand/platform';
import { InjectQueue, OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { type BeforeApplicationShutdown, Inject, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { Job, Queue } from 'bullmq';
import { PERIODIC_JOBS, type PeriodicJob } from './periodic-job';

const KEEP_FAILED = 100;
/** How often a worker looks whether the schedules are still there: a queue may be flushed. */
const LOOK_EVERY_MS = 10_000;

/** Runs the periodic jobs. Schedules live in the queue, so that many workers share one of each. */
@Processor(SCHEDULE_QUEUE, { concurrency: 4, ...TAKE_OVER })
export class ScheduleProcessor extends WorkerHost implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(ScheduleProcessor.name);
  private readonly byName: ReadonlyMap<string, PeriodicJob>;
  private look: NodeJS.Timeout | undefined;

  constructor(
    @Inject(PERIODIC_JOBS) private readonly jobs: readonly PeriodicJob[],
    @InjectQueue(SCHEDULE_QUEUE) private readonly queue: Queue,
  ) {
    super();
    this.byName = new Map(jobs.map((job) => [job.name, job]));
    this.queue.on('error', (err) => this.onQueueError(err));
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.removeForgottenSchedules();
    await this.makeMissingSchedules();
    this.look = setInterval(() => {
      this.makeMissingSchedules().catch((err: Error) => this.onQueueError(err));
    }, LOOK_EVERY_MS);
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.look);
  }

  override async process(job: Job): Promise<void> {
    const periodic = this.byName.get(job.name);
    if (periodic === undefined) return;
    try {
      await periodic.run();
    } catch (err) {
      this.logger.error({ err, job: job.name }, 'Periodic job failed');
      throw err;
    }
    this.logger.debug({ job: job.name }, 'Periodic job ran');
  }

  @OnWorkerEvent('error')
  onQueueError(err: Error): void {
    this.logger.warn({ err }, 'The queue of periodic jobs could not be reached');
  }

  private async makeMissingSchedules(): Promise<void> {
    const there = new Map((await this.queue.getJobSchedulers()).map(({ key, every }) => [key, Number(every)]));
    const opts = { removeOnComplete: true, removeOnFail: { count: KEEP_FAILED } };
    for (const { name, everyMs } of this.jobs) {
      if (there.get(name) !== everyMs) await this.queue.upsertJobScheduler(name, { every: everyMs }, { name, opts });
    }
  }

  private async removeForgottenSchedules(): Promise<void> {
    for (const { key } of await this.queue.getJobSchedulers()) {
      if (!this.byName.has(key)) await this.queue.removeJobScheduler(key);
    }
  }
}
