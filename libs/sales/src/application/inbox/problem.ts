import type { Page } from '@evenhand/kernel';
import type { IntakeVia } from '../intake-repository';
import type { IntakeReason } from '../results';

/** An event that is kept, a webhook that makes no sense, or a row of a file that cannot be read. */
export type ProblemForm = 'event' | 'message' | 'row';

export type ProblemStatus = 'open' | 'mended' | 'dismissed';
/** What it waits as; `recorded` once it was mended, `unreadable` where it is no event yet. */
export type ProblemState = 'unattributed' | 'refused' | 'parked' | 'unreadable' | 'recorded' | 'taken';
export type MendAction = 'mended' | 'replayed' | 'dismissed';

/** What became of a problem by a mend or a replay; `waiting`: a webhook that is taken in with the next ones. */
export type ReplayOutcome = 'recorded' | 'duplicate' | 'unattributed' | 'refused' | 'parked' | 'unreadable' | 'waiting';

/** What a person did with a problem. */
export interface Mend {
  readonly mendId: string;
  readonly problemId: string;
  readonly action: MendAction;
  /** What was corrected, as JSON. */
  readonly changes: string | null;
  readonly note: string | null;
  readonly outcome: ReplayOutcome | 'dismissed';
  /** Null for jobs and the command line. */
  readonly madeBy: string | null;
  readonly madeAt: Date;
}

/** Something in the inbox: kept, not recorded, with its reason. */
export interface IntakeProblem {
  readonly problemId: string;
  readonly brandId: string;
  readonly form: ProblemForm;
  /** Null where it cannot be told. */
  readonly kind: 'sale' | 'refund' | null;
  readonly status: ProblemStatus;
  readonly state: ProblemState;
  readonly via: IntakeVia;
  readonly source: string;
  /** The event's id; of a webhook, its sender's id of the message; null for rows that have none. */
  readonly externalId: string | null;
  /** Of what came with a file. */
  readonly importId: string | null;
  readonly line: number | null;
  readonly column: string | null;
  readonly reasonCode: string;
  readonly reason: string;
  /** As it came: an event's canonical JSON, a file's rows as JSON; null for webhooks, whose bodies are sealed. */
  readonly content: string | null;
  /** The same as people mended it. */
  readonly mendedContent: string | null;
  readonly receivedAt: Date;
  readonly decidedAt: Date;
  /** Oldest first. */
  readonly mends: readonly Mend[];
}

/** All given fields must hold; half-open period [from, to) over `receivedAt`. */
export interface IntakeProblemFilter {
  readonly brandId: string;
  /** Open ones where left out. */
  readonly status?: ProblemStatus | null;
  readonly state?: ProblemState | null;
  readonly kind?: 'sale' | 'refund' | null;
  readonly via?: IntakeVia | null;
  readonly source?: string | null;
  readonly reasonCode?: string | null;
  readonly importId?: string | null;
  readonly from?: Date | null;
  readonly to?: Date | null;
}

export type ProblemPage = Page<IntakeProblem>;

/** What a mend or a replay made of a problem. */
export interface ReplayedProblem {
  readonly problemId: string;
  readonly outcome: ReplayOutcome;
  /** Where it is still open, or lines of the order are no deal's. */
  readonly reason: IntakeReason | null;
}
