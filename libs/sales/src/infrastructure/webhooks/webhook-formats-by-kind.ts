import { Injectable } from '@nestjs/common';
import {
  type VerifiedMessage,
  type WebhookEvents,
  WebhookFormats,
  type WebhookHeaders,
} from '../../application/webhooks/webhook-formats';
import { UnreadableWebhook } from '../../domain/errors';
import type { SourceFormat } from '../../domain/sales-source';
import { readShopifyWebhook, shopifySecret, verifyShopify } from './shopify-webhooks';
import { readStandardWebhook, standardSecret, verifyStandard } from './standard-webhooks';

@Injectable()
export class WebhookFormatsByKind extends WebhookFormats {
  override verify(
    format: SourceFormat,
    secrets: readonly string[],
    headers: WebhookHeaders,
    body: Buffer,
    now: Date,
  ): VerifiedMessage {
    return format === 'shopify' ? verifyShopify(secrets, headers, body, now) : verifyStandard(secrets, headers, body);
  }

  override read(format: SourceFormat, sourceName: string, topic: string | null, kept: string): WebhookEvents {
    const body = kept.replace(/^\uFEFF/u, '');
    try {
      return format === 'shopify' ? readShopifyWebhook(sourceName, topic, body) : readStandardWebhook(sourceName, body);
    } catch (error) {
      if (error instanceof SyntaxError) throw new UnreadableWebhook('The message is not JSON.');
      throw error;
    }
  }

  override secretFor(format: SourceFormat, given: string | null): string {
    return format === 'shopify' ? shopifySecret(given) : standardSecret(given);
  }
}
