import { Client } from 'pg';
import { asAdministrator } from './administrator';
import { createTestDatabase, type TestDatabase } from './create-test-database';

const rowsOf = (database: TestDatabase, sql: string): Promise<unknown[]> =>
  asAdministrator(database.url, async (client) => (await client.query(sql)).rows);

describe('createTestDatabase', () => {
  let first: TestDatabase;
  let second: TestDatabase;

  beforeAll(async () => {
    [first, second] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  });

  afterAll(() => Promise.all([first.drop(), second.drop()]));

  it('gives each its own database', async () => {
    await rowsOf(first, 'CREATE TABLE mine (id int)');
    expect(await rowsOf(second, "SELECT to_regclass('mine') AS found")).toEqual([{ found: null }]);
  });

  it('has run the migrations in it', async () => {
    const [counted] = await rowsOf(first, 'SELECT count(*)::int > 0 AS migrated FROM schema_migrations');
    expect(counted).toEqual({ migrated: true });
  });

  it('drops a database that still has sessions', async () => {
    const third = await createTestDatabase();
    const session = new Client({ connectionString: third.url });
    const ended = new Promise((resolve) => session.on('error', resolve));
    await session.connect();
    await third.drop();
    await ended;
    await expect(rowsOf(third, 'SELECT 1')).rejects.toThrow(/does not exist/);
  });
});
