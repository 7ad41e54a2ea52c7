import { DomainError } from '@evenhand/kernel';

/** There is no PostgreSQL to embed on this machine: no binary package for its platform, or none that can run here. */
export class EmbeddedPostgresUnavailable extends DomainError {
  readonly code = 'EMBEDDED_POSTGRES_UNAVAILABLE';

  constructor(reason: string) {
    super(`${reason} Set DATABASE_URL to a PostgreSQL server (15 or later) of your own instead.`);
  }
}

/** The embedded server could not be created, started or stopped; `lastLogLines` is what it said itself. */
export class EmbeddedPostgresFailed extends DomainError {
  readonly code = 'EMBEDDED_POSTGRES_FAILED';

  constructor(
    reason: string,
    readonly lastLogLines: readonly string[] = [],
  ) {
    super([reason, ...lastLogLines.map((line) => `  | ${line}`)].join('\n'), { lastLogLines });
  }
}
