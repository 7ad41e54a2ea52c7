/** A deleted endpoint is kept for its log alone, and shown to nobody. */
export type EndpointState = 'enabled' | 'disabled' | 'deleted';

/** Why an endpoint is disabled: a member did it, it answered that it is gone, or nothing arrived for days. */
export const DISABLED_REASONS = ['by_member', 'gone', 'failing'] as const;
export type DisabledReason = (typeof DISABLED_REASONS)[number];

/** Where a party wants to be told of events. */
export interface Endpoint {
  readonly endpointId: string;
  readonly partyId: string;
  readonly url: string;
  readonly description: string;
  /** See `isWanted`. */
  readonly eventTypes: readonly string[];
  readonly state: EndpointState;
  /** Null unless it is disabled. */
  readonly stateReason: DisabledReason | null;
  readonly stateSince: Date;
  /** When the first message failed after the last one that arrived; null where the last one did. */
  readonly failingSince: Date | null;
  readonly createdAt: Date;
}

export const MAX_ENDPOINTS = 10;
/** So long the secret before the newest one signs as well, for the receiver to be told of the new one. */
export const OVERLAP_MS = 24 * 3_600_000;
