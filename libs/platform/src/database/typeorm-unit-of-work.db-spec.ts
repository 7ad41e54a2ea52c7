import { ANONYMOUS, type PersonActor, systemActor, type Transaction } from '@evenhand/kernel';
import { createTestDatabase, type TestDatabase } from '@evenhand/testing';
import { DataSource } from 'typeorm';
import { Client } from 'pg';
import { dataSourceOptions } from './data-source';
import { managerOf } from './typeorm-transaction';
import { TypeormUnitOfWork } from './typeorm-unit-of-work';

const SYSTEM = systemActor('test');
const PARTY = '0198c0de-0000-7000-8000-000000000001';
const PERSON: PersonActor = {
  kind: 'person',
  userId: '0198c0de-0000-7000-8000-0000000000aa',
  influencerId: PARTY,
  memberships: [],
  representations: [],
  staffRoles: ['operator'],
  scopes: null,
};
const WHO = `select current_user as role, access.is_system() as system, access.user_id() as user_id,
  access.party_ids()::text as parties, access.is_operator() as operator`;

let database: TestDatabase;
let dataSource: DataSource;
let uow: TypeormUnitOfWork;

beforeAll(async () => {
  database = await createTestDatabase();
  const owner = new Client({ connectionString: database.url });
  await owner.connect();
  await owner.query('create table public.counters (id integer primary key, value integer not null)');
  await owner.query('insert into public.counters values (1, 0), (2, 0)');
  await owner.query('grant select, update on public.counters to evenhand_app');
  await owner.end();
  const options = dataSourceOptions({ databaseUrl: database.url, applicationName: 'test', maxConnections: 4 });
  dataSource = await new DataSource(options).initialize();
  uow = new TypeormUnitOfWork(dataSource);
});

afterAll(async () => {
  await dataSource?.destroy();
  await database?.drop();
});

async function who(actor: Parameters<TypeormUnitOfWork['run']>[0]) {
  const [row] = await uow.run(actor, (tx) => managerOf(tx).query<Record<string, unknown>[]>(WHO));
  return row;
}

describe('the actor of a transaction', () => {
  it('is set for row-level security, in the role of the application', async () => {
    const role = { role: 'evenhand_app' };
    expect(await who(PERSON)).toEqual({
      ...role,
      system: false,
      user_id: PERSON.userId,
      parties: `{${PARTY}}`,
      operator: true,
    });
    expect(await who(ANONYMOUS)).toEqual({ ...role, system: false, user_id: null, parties: '{}', operator: false });
  });

  it('is gone with its transaction: a pooled connection keeps nobody', async () => {
    for (let round = 0; round < 8; round += 1) await who(PERSON);
    const rows = await Promise.all(Array.from({ length: 4 }, () => dataSource.query(WHO)));
    for (const [row] of rows)
      expect(row).toMatchObject({ system: false, user_id: null, parties: '{}', operator: false });
  });

  it('gives way to the system for a while, nested or failing, and comes back', async () => {
    const seen = await uow.run(PERSON, async (tx) => {
      const system = async () => {
        const [row] = await managerOf(tx).query<{ system: boolean; user_id: string | null }[]>(WHO);
        return row?.system;
      };
      const inside = await uow.asSystem(tx, async () => [await uow.asSystem(tx, system), await system()]);
      const failed = uow.asSystem(tx, () => Promise.reject(new Error('broken rule')));
      await expect(failed).rejects.toThrow('broken rule');
      return [...inside, await system()];
    });
    expect(seen).toEqual([true, true, false]);
  });
});

describe('a transaction', () => {
  const add = (id: number) => `update public.counters set value = value + 1 where id = ${id}`;
  const valueOf = async (id: number) => {
    const rows = await dataSource.query<{ value: number }[]>(`select value from public.counters where id = ${id}`);
    return rows[0]?.value;
  };

  it('is undone whole when its work fails', async () => {
    const before = await valueOf(1);
    const broken = uow.run(SYSTEM, async (tx) => {
      await managerOf(tx).query(add(1));
      throw new Error('broken rule');
    });
    await expect(broken).rejects.toThrow('broken rule');
    expect(await valueOf(1)).toBe(before);
  });

  it('undoes only what stands behind a savepoint that fails', async () => {
    const before = [await valueOf(1), await valueOf(2)];
    await uow.run(SYSTEM, async (tx) => {
      await managerOf(tx).query(add(1));
      const behind = uow.savepoint(tx, async () => {
        await managerOf(tx).query(add(2));
        await managerOf(tx).query('select 1 / 0');
      });
      await expect(behind).rejects.toThrow(/division by zero/);
    });
    expect([await valueOf(1), await valueOf(2)]).toEqual([(before[0] ?? 0) + 1, before[1]]);
  });

  it('runs again after a deadlock, and both get through', async () => {
    const before = [await valueOf(1), await valueOf(2)];
    let runs = 0;
    const arrived: number[] = [];
    const both = (first: number, second: number) =>
      uow.run(SYSTEM, async (tx) => {
        runs += 1;
        await managerOf(tx).query(add(first));
        arrived.push(first);
        while (arrived.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
        await managerOf(tx).query(add(second));
      });
    await Promise.all([both(1, 2), both(2, 1)]);
    // PostgreSQL undoes one of the two; both, where both find the deadlock in the same moment.
    expect(runs).toBeGreaterThan(2);
    expect([await valueOf(1), await valueOf(2)]).toEqual(before.map((value) => (value ?? 0) + 2));
  });

  it('does not run again for a broken rule', async () => {
    let runs = 0;
    const broken = uow.run(SYSTEM, async () => {
      runs += 1;
      throw new Error('broken rule');
    });
    await expect(broken).rejects.toThrow();
    expect(runs).toBe(1);
  });

  it('that only reads cannot write', async () => {
    await expect(uow.read(SYSTEM, (tx) => managerOf(tx).query(add(1)))).rejects.toThrow(/read-only/);
  });

  describe('that ends with what it asks last', () => {
    const one = (tx: Transaction, sql: string) => managerOf(tx).query<Record<string, unknown>[]>(sql);

    it('answers all of it, with the rights of its actor, and is over then', async () => {
      const answers = await uow.read(PERSON, async (tx) => {
        await one(tx, 'select 1');
        return uow.lastly(tx, () => Promise.all([one(tx, WHO), one(tx, 'select pg_current_xact_id_if_assigned()')]));
      });
      expect(answers[0]).toMatchObject([{ user_id: PERSON.userId }]);
      await expect(
        uow.read(PERSON, (tx) =>
          uow.lastly(tx, async () => {
            await one(tx, 'select 1');
            return one(tx, WHO);
          }),
        ),
      ).rejects.toThrow('The transaction has ended');
    });

    it('leaves its connection as it was, whether all went well, nothing was asked, or something failed', async () => {
      const lastly = (work: (tx: Transaction) => Promise<unknown>) => () =>
        uow.read(PERSON, (tx) => uow.lastly(tx, () => work(tx))).catch(() => undefined);
      const ways: readonly (() => Promise<unknown>)[] = [
        lastly((tx) => one(tx, WHO)),
        lastly(() => Promise.resolve()),
        lastly((tx) => one(tx, 'select 1 / 0')),
        lastly(() => Promise.reject(new Error('broken rule'))),
        () => valueOf(1),
        async () => expect(await who(PERSON)).toMatchObject({ user_id: PERSON.userId }),
      ];
      await Promise.all(Array.from({ length: 10 }, () => ways.map((way) => way())).flat());
      const rows = await Promise.all(Array.from({ length: 4 }, () => dataSource.query(WHO)));
      for (const [row] of rows) expect(row).toMatchObject({ user_id: null, parties: '{}' });
    });

    it('is none that writes', async () => {
      const before = await valueOf(1);
      await expect(uow.run(SYSTEM, (tx) => uow.lastly(tx, () => one(tx, add(1))))).rejects.toThrow(TypeError);
      expect(await valueOf(1)).toBe(before);
    });
  });

  it('tells why it could not begin, whatever its work says', async () => {
    const never = { ...PERSON, userId: 'nul\0' };
    const failing = uow.run(never, (tx) => managerOf(tx).query(WHO));
    await expect(failing).rejects.toThrow('invalid message format');
  });

  it('never gets rights over the schema', async () => {
    await expect(dataSource.query('create table public.mine (id integer)')).rejects.toThrow(/permission denied/);
    await expect(dataSource.query('alter table public.counters add column x integer')).rejects.toThrow(/must be owner/);
  });
});
