import type { AttemptOutcome } from '../domain/attempt';

export interface SignedMessage {
  readonly messageId: string;
  readonly url: string;
  /** At least one; each makes a signature of its own. */
  readonly secrets: readonly string[];
  readonly body: string;
  /** Of this attempt. */
  readonly at: Date;
}

/** How messages are signed and where they may go. */
export abstract class MessageSender {
  /** A secret of an endpoint, `whsec_…`. */
  abstract newSecret(): string;

  /** The URL in its normal form, where a message may be sent there now. Throws `EndpointUrlRefused`. */
  abstract checkUrl(url: string): Promise<string>;

  /** Sends a message once. Whatever goes wrong is the outcome; it does not throw. */
  abstract send(message: SignedMessage): Promise<AttemptOutcome>;
}
