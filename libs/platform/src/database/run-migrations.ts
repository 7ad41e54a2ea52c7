import { DataSource } from 'typeorm';
import { MIGRATIONS } from './migrations';

/** One key for all instances, so that two that start at once do not migrate at once. */
const MIGRATION_LOCK = 7_207_185_401;

/**
 * Brings the database at `databaseUrl` to the present schema, with the rights of that URL's user, who becomes the owner
 * of the tables. `onProgress` hears the name of each migration that ran.
 */
export async function runMigrations(databaseUrl: string, onProgress?: (name: string) => void): Promise<void> {
  const dataSource = new DataSource({
    type: 'postgres',
    url: databaseUrl,
    migrations: [...MIGRATIONS],
    migrationsTableName: 'schema_migrations',
    migrationsTransactionMode: 'each',
    applicationName: 'evenhand-migrations',
    extra: { max: 2 },
  });
  await dataSource.initialize();
  const lock = dataSource.createQueryRunner();
  try {
    await lock.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    for (const migration of await dataSource.runMigrations()) onProgress?.(migration.name);
  } finally {
    await lock.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined);
    await lock.release();
    await dataSource.destroy();
  }
}
