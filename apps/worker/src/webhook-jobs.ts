import { WEBHOOKS_QUEUE } from '@evenhand/platform';
import { WatchMessages } from '@evenhand/webhooks';
import { InjectQueue } from '@nestjs/bullmq';
import { Injectable, Logger } from '@nestjs/common';
import type { Queue } from 'bullmq';

export interface WebhookJob {
  readonly endpointId: string;
}

const MOST_ENDPOINTS = 1_000;

/**
 * Makes a job for every endpoint to which something is due. The job is a hint: the messages are in the database, and an
 * endpoint whose job was lost, or did not get through with all, has another one at the next look.
 */
@Injectable()
export class WebhookJobs {
  private readonly logger = new Logger(WebhookJobs.name);

  constructor(
    private readonly watch: WatchMessages,
    @InjectQueue(WEBHOOKS_QUEUE) private readonly queue: Queue<WebhookJob>,
  ) {
    this.queue.on('error', (err) => this.logger.warn({ err }, 'The queue of outgoing webhooks could not be reached'));
  }

  async execute(): Promise<void> {
    const endpointIds = await this.watch.endpointsWithDue(MOST_ENDPOINTS);
    if (endpointIds.length === 0) return;
    await this.queue.addBulk(
      endpointIds.map((endpointId) => ({
        name: 'deliver',
        data: { endpointId },
        // One job an endpoint at a time; it is made anew, not kept, when it failed.
        opts: { jobId: `endpoint-${endpointId}`, removeOnComplete: true, removeOnFail: true },
      })),
    );
  }
}
