import type { DataSourceOptions } from 'typeorm';

/** The role the application works as: it owns nothing, and row-level security binds it. */
export const APPLICATION_ROLE = 'evenhand_app';

export interface PoolSettings {
  readonly databaseUrl: string;
  /** Shown in `pg_stat_activity`. */
  readonly applicationName: string;
  readonly maxConnections: number;
  /** The key by which the audit log digests texts (`KeyedDigest.paddedKeyFor`); without one it keeps no digests. */
  readonly auditKey?: string;
}

/** TypeORM's options for the application's pool. Never synchronises: migrations alone change the schema. */
export function dataSourceOptions(settings: PoolSettings): DataSourceOptions {
  return {
    type: 'postgres',
    url: settings.databaseUrl,
    applicationName: settings.applicationName,
    synchronize: false,
    migrationsRun: false,
    logging: false,
    extra: {
      max: settings.maxConnections,
      // A statement need not wait for the answer to the one before it.
      pipeline: true,
      connectionTimeoutMillis: 3_000,
      idleTimeoutMillis: 30_000,
      options: [
        `-c role=${APPLICATION_ROLE}`,
        '-c timezone=UTC',
        '-c lock_timeout=5s',
        '-c statement_timeout=60s',
        '-c idle_in_transaction_session_timeout=60s',
        ...(settings.auditKey === undefined ? [] : [`-c evenhand.audit_key=${settings.auditKey}`]),
      ].join(' '),
    },
  };
}
