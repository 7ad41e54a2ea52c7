import {
  createPostgresBackend,
  createRedisBackend,
  runMigrations as runQueueMigrations,
  setDefaultBackendFactory,
  type ConnectionOptions,
} from 'bullmq';
import { Client } from 'pg';
import type { Settings } from '../config/settings';

const POSTGRES_CONNECTIONS = 4;

/** Where jobs live: Redis where `REDIS_URL` names one, else PostgreSQL. Call before the first queue is made. */
export function useQueueBackend(settings: Settings): void {
  if (settings.redisUrl === null) setDefaultBackendFactory(createPostgresBackend);
  else setDefaultBackendFactory(createRedisBackend);
}

/** The connection options for the backend that {@link useQueueBackend} chose. */
export function queueConnection(settings: Settings): ConnectionOptions {
  if (settings.redisUrl === null) {
    const pool = {
      connectionString: settings.databaseUrl,
      max: POSTGRES_CONNECTIONS,
      application_name: 'evenhand-jobs',
    };
    // BullMQ types `connection` for Redis; its PostgreSQL backend reads the same option as a pool's configuration.
    return pool;
  }
  return { url: settings.redisUrl, maxRetriesPerRequest: null };
}

/** Creates or updates BullMQ's own tables where jobs live in PostgreSQL. */
export async function migrateQueues(databaseUrl: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await runQueueMigrations(client);
  } finally {
    await client.end();
  }
}
