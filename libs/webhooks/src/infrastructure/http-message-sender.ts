import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Webhook } from 'standardwebhooks';
import { MessageSender, type SignedMessage } from '../application/message-sender';
import { type AttemptOutcome, errorOf, unanswered } from '../domain/attempt';
import { checkEndpointUrl } from '../domain/endpoint-url';
import { EndpointUrlRefused } from '../domain/errors';
import { post } from './post';
import { AddressRefused, NameNotFound, PublicAddresses } from './public-addresses';
import { failureOf, plainExcerpt, retryAfterMs } from './read-answer';
import { wireIdOf } from './wire-id';

const PREFIX = 'whsec_';
const SECRET_BYTES = 32;
/** From the look-up of the name to the end of what is read of the answer. */
const TIME_OUT_MS = 15_000;
const USER_AGENT = 'Evenhand-Webhooks/1';

/** Messages by Standard Webhooks over HTTP, to addresses that were checked for this very attempt. */
@Injectable()
export class HttpMessageSender extends MessageSender {
  constructor(private readonly addresses: PublicAddresses) {
    super();
  }

  override newSecret(): string {
    return `${PREFIX}${randomBytes(SECRET_BYTES).toString('base64')}`;
  }

  override async checkUrl(url: string): Promise<string> {
    const checked = checkEndpointUrl(url, this.addresses);
    try {
      await this.addresses.of(new URL(checked).hostname);
      return checked;
    } catch (error) {
      if (error instanceof NameNotFound) throw new EndpointUrlRefused('The name of the host leads to no address.');
      if (error instanceof AddressRefused) throw new EndpointUrlRefused('The host has an address that is not public.');
      throw error;
    }
  }

  override async send(message: SignedMessage): Promise<AttemptOutcome> {
    const startedAt = performance.now();
    const signal = AbortSignal.timeout(TIME_OUT_MS);
    const durationMs = () => Math.round(performance.now() - startedAt);
    try {
      // Also what was accepted before: the rules, or the setting for development, may have changed since.
      const url = new URL(checkEndpointUrl(message.url, this.addresses));
      const addresses = await this.addresses.of(url.hostname);
      const answer = await post({ url, addresses, headers: headersOf(message), body: message.body, signal });
      return {
        status: answer.status,
        error: errorOf(answer.status),
        retryAfterMs: retryAfterMs(answer.retryAfter, message.at),
        durationMs: durationMs(),
        excerpt: plainExcerpt(answer.body),
      };
    } catch (error) {
      return unanswered(failureOf(error, signal), durationMs());
    }
  }
}

function headersOf({ messageId, secrets, body, at }: SignedMessage): Record<string, string> {
  const id = wireIdOf('msg', messageId);
  return {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    'user-agent': USER_AGENT,
    'accept-encoding': 'identity',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(' '),
  };
}
