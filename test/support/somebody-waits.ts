import type { Client } from 'pg';

const POLL_MS = 10;

/** Returns as soon as a transaction of the connection's database waits for another's lock. */
export async function somebodyWaits(client: Client): Promise<void> {
  const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  while ((await client.query(waiting)).rowCount === 0) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
}
