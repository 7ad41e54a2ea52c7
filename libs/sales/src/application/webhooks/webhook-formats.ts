import type { SourceFormat } from '../../domain/sales-source';
import type { RefundEvent, SaleEvent } from '../../domain/sale-event';

/** Header names in lower case. */
export type WebhookHeaders = Readonly<Record<string, string | undefined>>;

/** A message whose signature holds. */
export interface VerifiedMessage {
  readonly messageId: string;
  readonly topic: string | null;
}

/** What a message tells; nothing of either where it is about something else. */
export interface WebhookEvents {
  readonly sales: readonly SaleEvent[];
  readonly refunds: readonly RefundEvent[];
}

/** How each format signs its messages and what they mean. */
export abstract class WebhookFormats {
  /** Throws `WebhookRefused` where no secret made the signature, or the message is stale or from the future. */
  abstract verify(
    format: SourceFormat,
    secrets: readonly string[],
    headers: WebhookHeaders,
    body: Buffer,
    now: Date,
  ): VerifiedMessage;

  /** Throws a named error where the message makes no sense. */
  abstract read(format: SourceFormat, sourceName: string, topic: string | null, body: string): WebhookEvents;

  /** A secret for the format, or the given one where the sender makes it; throws `InvalidInput`. */
  abstract secretFor(format: SourceFormat, given: string | null): string;
}
