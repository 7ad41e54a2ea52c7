/** Work that is due again and again. It must be idempotent: two workers may run it at once. */
export interface PeriodicJob {
  readonly name: string;
  readonly everyMs: number;
  readonly run: () => Promise<unknown>;
}

/** Injection token of the list of all periodic jobs. */
export const PERIODIC_JOBS = Symbol('periodic jobs');
