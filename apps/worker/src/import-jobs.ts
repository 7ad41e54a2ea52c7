import { IMPORT_QUEUE } from '@evenhand/platform';
import { WatchImports } from '@evenhand/sales';
import { InjectQueue } from '@nestjs/bullmq';
import { Injectable, Logger } from '@nestjs/common';
import type { Queue } from 'bullmq';

export interface ImportJob {
  readonly brandId: string;
  readonly importId: string;
}

const MOST_IMPORTS = 100;

/** Makes a job for every file that is not read to its end. The job is a hint: how far it is read is in the database. */
@Injectable()
export class ImportJobs {
  private readonly logger = new Logger(ImportJobs.name);

  constructor(
    private readonly watch: WatchImports,
    @InjectQueue(IMPORT_QUEUE) private readonly queue: Queue<ImportJob>,
  ) {
    this.queue.on('error', (err) => this.logger.warn({ err }, 'The queue of files could not be reached'));
  }

  async execute(): Promise<void> {
    const due = await this.watch.due(MOST_IMPORTS);
    if (due.length === 0) return;
    await this.queue.addBulk(
      due.map(({ brandId, importId }) => ({
        name: 'import',
        data: { brandId, importId },
        // One job a file at a time; it is made anew, not kept, when it failed.
        opts: { jobId: `import-${importId}`, removeOnComplete: true, removeOnFail: true },
      })),
    );
  }
}
