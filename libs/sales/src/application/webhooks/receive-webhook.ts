import { Clock, IdGenerator, NotFound } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { UnreadableWebhook, WebhookConflict } from '../../domain/errors';
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
 * A message that was stored before is a duplicate. Throws `NotFound` for an unknown or closed source, `WebhookRefused`,
 * `WebhookConflict`, `UnreadableWebhook`.
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
    checkLength('message id', messageId);
    if (topic !== null) checkLength('topic', topic);
    const stored = await this.deliveries.store({
      brandId: source.brandId,
      deliveryId: this.ids.next(),
      sourceId,
      messageId,
      topic,
      body: textOf(body),
      receivedAt,
    });
    if (stored === 'conflict') throw new WebhookConflict(messageId);
    return stored;
  }
}

const MAX_LENGTH = 200;

function checkLength(what: string, text: string): void {
  if (text.length > MAX_LENGTH) throw new UnreadableWebhook(`The ${what} is longer than ${MAX_LENGTH} characters.`);
}

/** JSON is UTF-8; anything else could not be kept as it came. */
function textOf(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    throw new UnreadableWebhook('The body is not UTF-8.');
  }
}
