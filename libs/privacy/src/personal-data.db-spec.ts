import { createTestDatabase, type TestDatabase } from '@evenhand/testing';
import { Client } from 'pg';
import { NOT_PERSONAL, PERSONAL_DATA } from './domain/personal-data';

const COLUMNS = `
  select n.nspname || '.' || c.relname as "table", a.attname as name
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
  where c.relkind in ('r', 'p') and not c.relispartition and n.nspname not like 'pg\\_%'
    and n.nspname not in ('information_schema', 'public')
    and a.atttypid::regtype::text in ('text', 'text[]', 'json', 'jsonb', 'bytea', 'character varying', 'inet')`;

let database: TestDatabase;
let columns: readonly { readonly table: string; readonly name: string }[];

beforeAll(async () => {
  database = await createTestDatabase();
  const owner = new Client({ connectionString: database.url });
  await owner.connect();
  columns = (await owner.query<{ table: string; name: string }>(COLUMNS)).rows;
  await owner.end();
});
afterAll(() => database.drop());

const named = Object.entries(PERSONAL_DATA).flatMap(([table, { personal, other }]) =>
  [...Object.keys(personal), ...other].map((name) => `${table}.${name}`),
);

describe('the map of personal data', () => {
  it('names every column that can hold words, or says of its table why it holds none of a person', () => {
    const unsaid = columns.filter(({ table, name }) => !(table in NOT_PERSONAL) && !named.includes(`${table}.${name}`));
    expect(unsaid).toEqual([]);
  });

  it('names nothing that is gone, and nothing twice', () => {
    const there = new Set(columns.map(({ table, name }) => `${table}.${name}`));
    const tables = new Set(columns.map(({ table }) => table));
    expect(named.filter((name) => !there.has(name))).toEqual([]);
    expect(Object.keys(PERSONAL_DATA).filter((table) => table in NOT_PERSONAL)).toEqual([]);
    expect(Object.keys(NOT_PERSONAL).filter((table) => !tables.has(table))).toEqual([]);
  });

  it('says of everything that outlives an erasure why', () => {
    const silent = Object.entries(PERSONAL_DATA).flatMap(([table, { personal }]) =>
      Object.entries(personal).flatMap(([name, { erasure, because }]) =>
        ['kept', 'forgotten'].includes(erasure) && !because ? [`${table}.${name}`] : [],
      ),
    );
    expect(silent).toEqual([]);
  });
});
