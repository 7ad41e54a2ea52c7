import type { Click } from '../../domain/click';

export interface ClickLogState {
  /** Clicks that are not stored yet. */
  readonly waiting: number;
  /** Clicks that were given up since the process began: there were too many while the database did not take them. */
  readonly lost: number;
}

/** Stores clicks soon, many at a time: nobody who follows a link waits for the database. */
export abstract class ClickLog {
  abstract add(click: Click): void;

  abstract state(): ClickLogState;
}
