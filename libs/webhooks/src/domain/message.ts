import { createHash } from 'node:crypto';
import type { AttemptError, AttemptOutcome } from './attempt';
import type { DisabledReason } from './endpoint';

export const MESSAGE_STATES = ['pending', 'delivered', 'failed'] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];

/** Why nobody tries a message any more. */
export const FAILURE_REASONS = ['exhausted', 'gone', 'endpoint_disabled', 'endpoint_deleted', 'mandate_ended'] as const;
export type FailureReason = (typeof FAILURE_REASONS)[number];

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Pauses after the first, second … failure, three days and three hours in all; the failure after the last one is final. */
const PAUSES_MS = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
] as const;
/** A pause is made longer by up to this part, so that what failed together does not come back together. */
const JITTER = 0.1;
/** No receiver puts a message off for longer. */
const MAX_RETRY_AFTER_MS = 24 * HOUR;
/** An endpoint is given up when a message was tried to its end and nothing arrived for so long. */
const GIVEN_UP_AFTER_MS = 72 * HOUR;

/** What is kept of a message that was decided so long ago: that it was, not what it said. */
export const REMEMBERED_DAYS = 30;

export interface TriedMessage {
  readonly messageId: string;
  /** How often it failed since it was last asked for, this time not counted. */
  readonly failures: number;
  /** Of the endpoint. */
  readonly failingSince: Date | null;
}

export interface MessageDecision {
  readonly state: MessageState;
  readonly failures: number;
  /** When it is tried again, where it is pending. */
  readonly dueAt: Date;
  /** Null unless it failed. */
  readonly reason: FailureReason | null;
  /** Why the endpoint gets nothing more; null where it does. */
  readonly disables: Exclude<DisabledReason, 'by_member'> | null;
}

/** What an attempt that ended at `now` means for its message and its endpoint. */
export function decideAttempt(message: TriedMessage, outcome: AttemptOutcome, now: Date): MessageDecision {
  const { error } = outcome;
  if (error === null) return { state: 'delivered', failures: 0, dueAt: now, reason: null, disables: null };
  const failures = message.failures + 1;
  const final = finalReason(error, failures);
  if (final === null) {
    const dueAt = new Date(now.getTime() + pauseAfter(message.messageId, failures, outcome));
    return { state: 'pending', failures, dueAt, reason: null, disables: null };
  }
  const disables = final === 'gone' ? 'gone' : final === 'exhausted' && isGivenUp(message, now) ? 'failing' : null;
  return { state: 'failed', failures, dueAt: now, reason: final, disables };
}

function finalReason(error: AttemptError, failures: number): FailureReason | null {
  if (error === 'gone' || error === 'mandate_ended') return error;
  return failures > PAUSES_MS.length ? 'exhausted' : null;
}

function isGivenUp({ failingSince }: TriedMessage, now: Date): boolean {
  return failingSince !== null && now.getTime() - failingSince.getTime() >= GIVEN_UP_AFTER_MS;
}

function pauseAfter(messageId: string, failures: number, { status, retryAfterMs }: AttemptOutcome): number {
  const pause = PAUSES_MS[failures - 1] ?? 0;
  const stretched = Math.round(pause * (1 + JITTER * fractionOf(`${messageId}:${failures}`)));
  if (retryAfterMs === null || (status !== 429 && status !== 503)) return stretched;
  return Math.max(stretched, Math.min(retryAfterMs, MAX_RETRY_AFTER_MS));
}

/** A number from 0 to 1, even over all texts and always the same for one. */
function fractionOf(text: string): number {
  return createHash('sha256').update(text, 'utf8').digest().readUInt32BE(0) / 2 ** 32;
}
