import { IMPORT_QUEUE, TAKE_OVER } from '@evenhand/platform';
import { RunImport } from '@evenhand/sales';
import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Logger } from '@nestjs/common';
import type { Job } from 'bullmq';
import type { ImportJob } from './import-jobs';

/** Reads files of sales, one at a time a worker, so that webhooks and events have the rest of it. */
@Processor(IMPORT_QUEUE, { concurrency: 1, ...TAKE_OVER })
export class ImportProcessor extends WorkerHost {
  private readonly logger = new Logger(ImportProcessor.name);

  constructor(private readonly runImport: RunImport) {
    super();
  }

  override async process({ data }: Job<ImportJob>): Promise<void> {
    try {
      await this.runImport.execute(data);
    } catch (err) {
      this.logger.error({ err, ...data }, 'File could not be imported');
      throw err;
    }
  }

  @OnWorkerEvent('error')
  onQueueError(err: Error): void {
    this.logger.warn({ err }, 'The queue of files could not be reached');
  }
}
