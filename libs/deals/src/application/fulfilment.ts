/** How an influencer keeps posting duties; counts are of gifts. */
export interface Fulfilment {
  /** Duties that were fulfilled or fell overdue; waived ones are in neither count. */
  readonly cameDue: number;
  readonly inTime: number;
}

export const NO_DUTIES: Fulfilment = { cameDue: 0, inTime: 0 };
