import { Clock, IdGenerator, NotFound } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { WebhookRefused } from '../../domain/errors';
import { DeliveryStore } from './delivery-store';
import { SourceRepository } from './source-repository';
import { WebhookFormats, type WebhookHeaders } from './webhook-formats';

export interface ReceiveWebhookCommand {
  readonly sourceId: string;
  readonly headers: WebhookHeaders;
  /** The bytes that were signed. */
  readonly body: Buffer;
}

export type WebhookReceipt = 'stored' | 'duplicate';

/**
 * Stores a message whose signature holds, and answers when it is stored for good; what it means is looked at later.
 * A message that was stored before is a duplicate. Throws `NotFound` for an unknown or closed source, `WebhookRefused`.
 */
@Injectable()
export class ReceiveWebhook {
  constructor(
    private readonly clock: Clock,
    private readonly ids: IdGenerator,
    private readonly sources: SourceRepository,
    private readonly deliveries: DeliveryStore,
    private readonly formats: WebhookFormats,
  ) {}

  async execute({ sourceId, headers, body }: ReceiveWebhookCommand): Promise<WebhookReceipt> {
    const receivedAt = this.clock.now();
    const found = await this.sources.findOpen(sourceId, receivedAt);
    if (!found) throw new NotFound('Source');
    const { source, secrets } = found;
    const { messageId, topic } = this.formats.verify(source.format, secrets, headers, body, receivedAt);
    const isNew = await this.deliveries.store({
      brandId: source.brandId,
      deliveryId: this.ids.next(),
      sourceId,
      messageId,
      topic,
      body: textOf(body),
      receivedAt,
    });
    return isNew ? 'stored' : 'duplicate';
  }
}

/** JSON is UTF-8; anything else could not be kept as it came. */
function textOf(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    throw new WebhookRefused('The body is not UTF-8.');
  }
}
