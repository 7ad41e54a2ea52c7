import { SCHEDULE_QUEUE } from '@evenhand/platform';
import { InjectQueue, OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { Job, Queue } from 'bullmq';
import { PERIODIC_JOBS, type PeriodicJob } from './periodic-job';

const KEEP_FAILED = 100;

/** Runs the periodic jobs. Schedules live in the queue, so that many workers share one of each. */
@Processor(SCHEDULE_QUEUE, { concurrency: 4 })
export class ScheduleProcessor extends WorkerHost implements OnApplicationBootstrap {
  private readonly logger = new Logger(ScheduleProcessor.name);
  private readonly byName: ReadonlyMap<string, PeriodicJob>;

  constructor(
    @Inject(PERIODIC_JOBS) private readonly jobs: readonly PeriodicJob[],
    @InjectQueue(SCHEDULE_QUEUE) private readonly queue: Queue,
  ) {
    super();
    this.byName = new Map(jobs.map((job) => [job.name, job]));
    this.queue.on('error', (err) => this.onQueueError(err));
  }

  async onApplicationBootstrap(): Promise<void> {
    const kept = { removeOnComplete: true, removeOnFail: { count: KEEP_FAILED } };
    for (const job of this.jobs) {
      await this.queue.upsertJobScheduler(job.name, { every: job.everyMs }, { name: job.name, opts: kept });
    }
    await this.removeForgottenSchedules();
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

  private async removeForgottenSchedules(): Promise<void> {
    for (const { key } of await this.queue.getJobSchedulers()) {
      if (!this.byName.has(key)) await this.queue.removeJobScheduler(key);
    }
  }
}
