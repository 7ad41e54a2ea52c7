import { TAKE_OVER, WEBHOOKS_QUEUE } from '@evenhand/platform';
import { DeliverMessages } from '@evenhand/webhooks';
import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Logger } from '@nestjs/common';
import type { Job } from 'bullmq';
import type { WebhookJob } from './webhook-jobs';

/** Then other endpoints have their turn; what is left is handed out anew. */
const LIMIT = 200;
/** Jobs wait for answers most of the time, so that many go on beside each other and a slow endpoint holds one of them. */
const ENDPOINTS_AT_ONCE = 64;

/** Sends what is due to one endpoint a job. */
@Processor(WEBHOOKS_QUEUE, { concurrency: ENDPOINTS_AT_ONCE, ...TAKE_OVER })
export class WebhooksProcessor extends WorkerHost {
  private readonly logger = new Logger(WebhooksProcessor.name);

  constructor(private readonly deliver: DeliverMessages) {
    super();
  }

  override async process({ data: { endpointId } }: Job<WebhookJob>): Promise<void> {
    try {
      await this.deliver.execute({ endpointId, limit: LIMIT });
    } catch (err) {
      this.logger.error({ err, endpointId }, 'Webhooks could not be sent');
      throw err;
    }
  }

  @OnWorkerEvent('error')
  onQueueError(err: Error): void {
    this.logger.warn({ err }, 'The queue of outgoing webhooks could not be reached');
  }
}
