/** An object as the log knows it: the prefix of its id on the wire and its uuid. */
export interface AuditedObject {
  readonly kind: string;
  readonly id: string;
}

export type AuditActorKind = 'person' | 'system' | 'anonymous' | 'database';
export const AUDIT_ACTOR_KINDS = [
  'person',
  'system',
  'anonymous',
  'database',
] as const satisfies readonly AuditActorKind[];

/** What one column held before and after, as text; amounts in minor units, objects as JSON. */
export interface AuditChange {
  /** The column; a key of a JSON object behind a dot: `brief.title`. */
  readonly column: string;
  readonly old: string | null;
  readonly new: string | null;
  /** Instead of old and new where the log may not copy them: keyed digests, null where there was no value or no key. */
  readonly oldDigest: string | null;
  readonly newDigest: string | null;
  /** Neither values nor digests are kept: only that it changed. */
  readonly isSecret: boolean;
}

/** One change of state, as it was recorded in the transaction that made it. */
export interface AuditEntry {
  /** Numbers grow with time and have gaps. */
  readonly entryId: bigint;
  /** By the database's clock. */
  readonly recordedAt: Date;
  readonly actorKind: AuditActorKind;
  readonly actorUserId: string | null;
  readonly apiKeyId: string | null;
  /** For whom the person acted, where that is certain. */
  readonly actingPartyId: string | null;
  /** Of the job or command; of the database's user where somebody went past the application. */
  readonly actorName: string | null;
  /** The kind of row that changed: `offers`, `members`, `campaign_limits`. */
  readonly record: string;
  /** `created`, `deleted`, the new state where there is one, else `changed`. */
  readonly action: string;
  readonly object: AuditedObject;
  /** By column. */
  readonly changes: readonly AuditChange[];
  /** sha256 of its link of the chain, in hexadecimal; null until it is sealed, a few seconds later. */
  readonly hash: string | null;
}
