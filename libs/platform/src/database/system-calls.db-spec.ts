import { createTestDatabase, type TestDatabase } from '@evenhand/testing';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from './data-source';
import { SystemCalls } from './system-calls';

let database: TestDatabase;
let dataSource: DataSource;
let calls: SystemCalls;

beforeAll(async () => {
  database = await createTestDatabase();
  const owner = new Client({ connectionString: database.url });
  await owner.connect();
  // A sequence is not set back with its transaction: the first two calls fail, the third does not.
  await owner.query(`
    create sequence public.tries;
    grant usage on sequence public.tries to evenhand_app;
    create table public.notes (note text);
    grant insert, select on public.notes to evenhand_app;
    create function public.write_down(p_note text) returns text language plpgsql as $$
    begin
      insert into public.notes values (p_note);
      if nextval('public.tries') < 3 then raise exception 'again' using errcode = 'serialization_failure'; end if;
      return 'written ' || p_note;
    end $$;
    create function public.write_and_fail(p_note text) returns text language plpgsql as $$
    begin
      insert into public.notes values (p_note);
      raise exception 'broken rule' using errcode = 'EV001';
    end $$`);
  await owner.end();
  const options = dataSourceOptions({ databaseUrl: database.url, applicationName: 'test', maxConnections: 1 });
  dataSource = await new DataSource(options).initialize();
  calls = new SystemCalls(dataSource);
});

afterAll(async () => {
  await dataSource?.destroy();
  await database?.drop();
});

const notes = () => dataSource.query<{ note: string }[]>('select note from public.notes');

describe('a call as the system', () => {
  it('has its rights, which are gone with it: the connection keeps nobody', async () => {
    expect(await calls.call('who', `format('%s %s', access.is_system(), $1::text)`, ['in it'])).toBe('t in it');
    expect(await dataSource.query('select access.is_system() as system')).toEqual([{ system: false }]);
  });

  it('is committed when it answers, and run again after a failure that may pass', async () => {
    expect(await calls.call('write', 'public.write_down($1)', ['one'])).toBe('written one');
    expect(await notes()).toEqual([{ note: 'one' }]);
  });

  it('is undone whole where it breaks a rule, and leaves the connection and its rights as they were', async () => {
    await expect(calls.call('fail', 'public.write_and_fail($1)', ['two'])).rejects.toMatchObject({ code: 'EV001' });
    expect(await notes()).toEqual([{ note: 'one' }]);
    expect(await dataSource.query('select access.is_system() as system')).toEqual([{ system: false }]);
  });
});
