import type { Page, PageRequest, Transaction } from '@evenhand/kernel';
import type { AttemptError, AttemptOutcome } from '../domain/attempt';
import type { FailureReason, MessageDecision, MessageState } from '../domain/message';

export interface NewMessage {
  readonly messageId: string;
  readonly endpointId: string;
  readonly partyId: string;
  /** Null for what only tries the endpoint. */
  readonly eventId: string | null;
  /** From 0, among what the event tells. */
  readonly place: number;
  readonly type: string;
  /** The influencer for whom an agency is told; null where the event is the party's own. */
  readonly representedId: string | null;
  readonly body: string;
  readonly createdAt: Date;
}

/** A message that somebody is about to send. */
export interface ClaimedMessage {
  readonly messageId: string;
  readonly endpointId: string;
  readonly partyId: string;
  readonly representedId: string | null;
  readonly body: string;
  readonly url: string;
  /** The number of this attempt: whoever claims the message later has a higher one. */
  readonly attempt: number;
  readonly failures: number;
  /** Of the endpoint. */
  readonly failingSince: Date | null;
}

export interface AttemptView {
  readonly number: number;
  readonly startedAt: Date;
  /** Null while it is under way. */
  readonly durationMs: number | null;
  readonly status: number | null;
  readonly error: AttemptError | null;
  readonly excerpt: string | null;
}

export interface MessageView {
  readonly messageId: string;
  readonly endpointId: string;
  readonly type: string;
  /** Null once it is forgotten. */
  readonly body: string | null;
  readonly state: MessageState;
  readonly reason: FailureReason | null;
  /** Null unless it is pending. */
  readonly nextAttemptAt: Date | null;
  readonly createdAt: Date;
  readonly decidedAt: Date | null;
  /** Newest first. */
  readonly attempts: readonly AttemptView[];
}

/** What is still to be sent, over all endpoints. */
export interface MessageBacklog {
  readonly pending: number;
  readonly failed: number;
  /** Since when the oldest one is due; null where none is. */
  readonly oldestDueAt: Date | null;
}

/** Messages and their attempts. Needs the system's rights, the pages aside. */
export abstract class MessageStore {
  /** Leaves out those of which the endpoint has the event already. */
  abstract add(tx: Transaction, messages: readonly NewMessage[]): Promise<void>;

  /** Enabled endpoints with something due, longest waiting first. */
  abstract endpointsWithDue(tx: Transaction, now: Date, limit: number): Promise<readonly string[]>;

  /**
   * Begins an attempt of the endpoint's message that is due longest, which is nobody else's until `until`; undefined where
   * none is due. Attempts before it that nobody finished were interrupted.
   */
  abstract claim(tx: Transaction, endpointId: string, now: Date, until: Date): Promise<ClaimedMessage | undefined>;

  /** Ends the attempt. The message takes the decision unless somebody else has claimed or decided it since. */
  abstract conclude(
    tx: Transaction,
    claimed: ClaimedMessage,
    outcome: AttemptOutcome,
    decision: MessageDecision,
    now: Date,
  ): Promise<void>;

  /** Nobody tries the endpoint's pending messages any more. */
  abstract failPending(tx: Transaction, endpointId: string, reason: FailureReason, now: Date): Promise<void>;

  /** Newest first. */
  abstract page(
    tx: Transaction,
    endpointId: string,
    state: MessageState | null,
    page: PageRequest,
  ): Promise<Page<MessageView>>;

  /** Those of the endpoint that the actor may see; others are left out. */
  abstract find(tx: Transaction, endpointId: string, messageIds: readonly string[]): Promise<readonly MessageView[]>;

  /** The pending message that tries the endpoint, if there is one. */
  abstract pendingTest(tx: Transaction, endpointId: string): Promise<string | undefined>;

  /** Up to `limit` ids of failed ones made at or after `since` whose body is kept, oldest first. */
  abstract failedSince(tx: Transaction, endpointId: string, since: Date, limit: number): Promise<readonly string[]>;

  /** Lets those that are decided be sent again, as they were; answers how many there were. */
  abstract replay(tx: Transaction, endpointId: string, messageIds: readonly string[], now: Date): Promise<number>;

  /** Forgets bodies and answers of up to `limit` messages decided before the instant; answers how many. */
  abstract forget(tx: Transaction, before: Date, limit: number): Promise<number>;

  abstract backlog(tx: Transaction, now: Date): Promise<MessageBacklog>;
}
