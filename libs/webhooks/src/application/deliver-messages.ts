import { Clock, Outbox, systemActor, type Transaction, UnitOfWork } from '@evenhand/kernel';
import { MandateDirectory } from '@evenhand/parties';
import { Injectable } from '@nestjs/common';
import { type AttemptOutcome, unanswered } from '../domain/attempt';
import { decideAttempt } from '../domain/message';
import { EndpointRepository } from './endpoint-repository';
import { MessageSender } from './message-sender';
import { type ClaimedMessage, MessageStore } from './message-store';

export interface DeliverMessagesCommand {
  readonly endpointId: string;
  /** No further message is begun after so many, so that other endpoints have their turn. */
  readonly limit: number;
}

const ACTOR = systemActor('deliver messages');
/** So many messages are under way to one endpoint at once. */
const LANES = 4;
/** More than an attempt takes: an attempt that is not over by then was interrupted. */
const LEASE_MS = 60_000;

/** No further message is begun after so long, so that slow endpoints have their turns too. */
const TURN_MS = 20_000;

type Result = 'arrived' | 'failed' | 'nothing_due';

/**
 * Sends what is due to one endpoint: one message first, and only where it arrived several at once, until one fails: an
 * endpoint that does not answer holds nobody up for longer than one attempt takes. Each attempt is claimed in one
 * transaction and concluded in another, so that a killed worker loses at most its answer. Answers how many arrived.
 */
@Injectable()
export class DeliverMessages {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly mandates: MandateDirectory,
    private readonly endpoints: EndpointRepository,
    private readonly messages: MessageStore,
    private readonly sender: MessageSender,
    private readonly outbox: Outbox,
  ) {}

  async execute({ endpointId, limit }: DeliverMessagesCommand): Promise<{ readonly arrived: number }> {
    let [begun, arrived] = [0, 0];
    let last: Result = 'arrived';
    const turnEndsAt = this.clock.now().getTime() + TURN_MS;
    const mayGoOn = () => last === 'arrived' && begun < limit && this.clock.now().getTime() < turnEndsAt;
    const lane = async () => {
      while (mayGoOn()) {
        begun += 1;
        const result = await this.deliverOne(endpointId);
        if (result === 'arrived') arrived += 1;
        else last = result;
        if (begun === 1) return;
      }
    };
    await lane();
    await Promise.all(Array.from({ length: LANES }, lane));
    return { arrived };
  }

  private async deliverOne(endpointId: string): Promise<Result> {
    const at = this.clock.now();
    const claim = await this.uow.run(ACTOR, (tx) => this.claim(tx, endpointId, at));
    if (!claim) return 'nothing_due';
    const { message, secrets, isKnown } = claim;
    const outcome = await this.attempt(message, secrets, isKnown, at);
    await this.uow.run(ACTOR, (tx) => this.conclude(tx, message, outcome));
    return outcome.error === null ? 'arrived' : 'failed';
  }

  private async claim(tx: Transaction, endpointId: string, at: Date) {
    const message = await this.messages.claim(tx, endpointId, at, new Date(at.getTime() + LEASE_MS));
    if (!message) return undefined;
    const secrets = await this.endpoints.secretsOf(tx, endpointId, at);
    return { message, secrets, isKnown: await this.mayKnow(tx, message, at) };
  }

  /** An agency whose mandate ended since is told nothing more of the influencer. */
  private async mayKnow(tx: Transaction, { partyId, representedId }: ClaimedMessage, at: Date): Promise<boolean> {
    if (representedId === null) return true;
    const agencies = await this.mandates.agenciesOf(tx, [representedId], at);
    return agencies.get(representedId)?.includes(partyId) === true;
  }

  private async attempt(
    { messageId, url, body }: ClaimedMessage,
    secrets: readonly string[],
    isKnown: boolean,
    at: Date,
  ): Promise<AttemptOutcome> {
    if (!isKnown) return unanswered('mandate_ended');
    if (secrets.length === 0) return unanswered('secret_unreadable');
    return this.sender.send({ messageId, url, secrets, body, at });
  }

  private async conclude(tx: Transaction, claimed: ClaimedMessage, outcome: AttemptOutcome): Promise<void> {
    const { endpointId, partyId } = claimed;
    const now = this.clock.now();
    const decision = decideAttempt(claimed, outcome, now);
    await this.messages.conclude(tx, claimed, outcome, decision, now);
    if (outcome.error !== 'mandate_ended') {
      await this.endpoints.noteOutcome(tx, endpointId, outcome.error === null, now);
    }
    if (decision.disables !== null) {
      const payload = { endpointId, partyId, reason: decision.disables };
      await this.endpoints.disable(tx, endpointId, decision.disables, now);
      await this.outbox.append(tx, [{ type: 'webhooks.endpoint_disabled', subjectId: endpointId, payload }]);
      await this.messages.failPending(tx, endpointId, 'endpoint_disabled', now);
    }
  }
}
