import { systemActor, UnitOfWork } from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import { Client } from 'pg';
import { DealWorld } from '../../../test/support/deal-world';
import { eventually } from '../../../test/support/eventually';
import { AuditModule, GetAuditHead, SealAuditLog, VerifyAuditLog } from '.';

interface FindingRow {
  readonly link_no: string | null;
  readonly words: string | null;
}

let world: DealWorld;
let owner: Client;

beforeAll(async () => {
  world = await DealWorld.open(undefined, [AuditModule]);
  owner = new Client({ connectionString: world.databaseUrl });
  await owner.connect();
  for (let brands = 0; brands < 4; brands += 1) await world.signUpBrand();
  await sealAll();
});
afterEach(async () => {
  await sealAll();
  expect((await findings())[0]).toBeUndefined();
});
afterAll(async () => {
  await owner.end();
  await world.close();
});

const seal = (limit = 10_000) => world.get(SealAuditLog).execute({ now: new Date(), limit });
const findings = async () => (await world.get(VerifyAuditLog).execute()).findings;

/** How many finished or unfinished entries have no link. */
async function unsealed(): Promise<number> {
  const { rows } = await owner.query<{ count: number }>(
    `select count(*)::integer as count from audit.entries e left join audit.links l using (entry_id) where l.entry_id is null`,
  );
  return rows[0]?.count ?? 0;
}

/** The server is shared: what others have under way is waited for. */
async function sealAll(): Promise<void> {
  await eventually(
    async () => {
      await seal();
      return unsealed();
    },
    (left) => left === 0,
  );
}

/** What a verifier tells after somebody with the rights of the owner has done this, which is then undone. */
async function after(forgery: string): Promise<readonly string[]> {
  await owner.query(`begin; set local session_replication_role = 'replica'`);
  try {
    await owner.query(`select set_config('evenhand.system', 'on', true)`);
    await owner.query(forgery);
    const told: string[] = [];
    // A few links at once: what is between two turns is looked at as well.
    for (let [from, to] = ['', '0']; to !== from;) {
      from = to;
      const { rows } = await owner.query<FindingRow>('select * from audit.findings($1, 3)', [from]);
      told.push(...rows.flatMap(({ words }) => words ?? []));
      to = rows.find(({ words }) => words === null)?.link_no ?? from;
    }
    const { rows: strays } = await owner.query<{ words: string }>('select words from audit.slipped_in(10)');
    return [...told, ...strays.map(({ words }) => words)];
  } finally {
    await owner.query('rollback');
  }
}

const renamed = (partyId: string, name: string) =>
  `update parties.parties set display_name = '${name}' where id = '${partyId}'`;

describe('the chain', () => {
  it('holds every entry once, in the order of their numbers, and each hash follows from the one before', async () => {
    expect(await seal()).toBe(0);
    const { rows } = await owner.query<{ links: number; entries: number; ordered: boolean }>(
      `select count(*)::integer as links, (select count(*)::integer from audit.entries) as entries,
              bool_and(link_no = place) as ordered
       from (select link_no, row_number() over (order by entry_id) as place from audit.links) l`,
    );
    expect(rows[0]?.links).toBeGreaterThan(10);
    expect(rows).toEqual([{ links: rows[0]?.entries, entries: rows[0]?.entries, ordered: true }]);
  });

  it.each([
    [
      'edited',
      `update audit.entries set actor_name = 'somebody else' where entry_id = 5`,
      /^entry 5, of \w+ \S+, is not as/,
    ],
    [
      'told of another object',
      `update audit.entries set object_id = gen_random_uuid() where entry_id = 5`,
      /^entry 5, of/,
    ],
    ['shown to others', `update audit.entries set party_ids = '{}', user_id = null where entry_id = 5`, /^entry 5, of/],
    ['deleted', `delete from audit.entries where entry_id = 5`, /^entry 5 is gone: link \d+ has nothing to show$/],
    [
      'deleted with its link',
      `delete from audit.entries where entry_id = 5; delete from audit.links where entry_id = 5`,
      /^1 of the links before link 6 are missing$/,
    ],
    [
      'put in the place of another',
      `update audit.entries a set (recorded_at, table_name, action, object_kind, object_id, changes) = (
         select b.recorded_at, b.table_name, b.action, b.object_kind, b.object_id, b.changes
         from audit.entries b where b.entry_id = 11 - a.entry_id) where a.entry_id in (5, 6)`,
      /^entry 5, of/,
    ],
    [
      'linked in another order',
      `update audit.links set entry_id = -6 where entry_id = 6;
       update audit.links set entry_id = 6 where entry_id = 5;
       update audit.links set entry_id = 5 where entry_id = -6`,
      /^entry 6, of/,
    ],
  ])('names the first entry that was %s', async (_what, forgery, words) => {
    const [first] = await after(forgery);
    expect(first).toMatch(words);
  });

  it('names an entry that was slipped in among sealed ones', async () => {
    await owner.query('select setval(pg_get_serial_sequence($1, $2), 1000)', ['audit.entries', 'entry_id']);
    await world.signUpBrand();
    await sealAll();
    const [first] = await after(
      `insert into audit.entries (entry_id, actor_kind, table_name, action, object_kind, object_id, changes, party_ids, for_finance)
       overriding system value values (900, 'system', 'x.y', 'created', 'deal', gen_random_uuid(), '{}', '{}', false)`,
    );
    expect(first).toBe('entry 900 is in no link, though later ones are: it was slipped in');
  });

  it('written anew, or cut off, is found by a head that was kept elsewhere', async () => {
    const head = await world.get(GetAuditHead).execute();
    if (head === null) throw new Error('Nothing is sealed.');
    const verify = async (trusted: typeof head) =>
      (await world.get(VerifyAuditLog).execute({ trusted: [trusted] })).findings;
    expect(await verify(head)).toEqual([]);
    expect(await verify({ ...head, hash: 'f'.repeat(64) })).toEqual([
      `link ${head.linkNo} is not the one that is trusted: the chain was written anew`,
    ]);
    expect(await verify({ ...head, linkNo: head.linkNo + 1n })).toEqual([
      `link ${head.linkNo + 1n} is missing, and it is trusted`,
    ]);
  });
});

describe('sealing', () => {
  it('waits for a transaction that began first and ends last, and leaves neither out', async () => {
    const [one, other] = [await world.signUpBrand(), await world.signUpBrand()];
    await sealAll();
    let finish: () => void = () => undefined;
    const finished = new Promise<void>((done) => (finish = done));
    let wrote: () => void = () => undefined;
    const hasWritten = new Promise<void>((done) => (wrote = done));
    const slow = world.get(UnitOfWork).run(systemActor('slow'), async (tx) => {
      await managerOf(tx).query(renamed(one.partyId, 'Slow'));
      wrote();
      await finished;
    });
    await hasWritten;
    await world.asSystem((tx) => managerOf(tx).query(renamed(other.partyId, 'Quick')));
    for (let turn = 0; turn < 4; turn += 1) expect(await seal()).toBe(0);
    finish();
    await slow;
    await sealAll();
    const { rows } = await owner.query<{ actor_name: string }>(
      `select e.actor_name from audit.entries e join audit.links l using (entry_id)
       where e.object_id = any ($1) and e.action = 'changed' order by l.link_no`,
      [[one.partyId, other.partyId]],
    );
    expect(rows.map((row) => row.actor_name)).toEqual(['slow', 'test']);
  });

  it('does not wait for numbers that were drawn and never written', async () => {
    const { partyId } = await world.signUpBrand();
    const broken = world.asSystem(async (tx) => {
      await managerOf(tx).query(renamed(partyId, 'Never'));
      throw new Error('broken rule');
    });
    await expect(broken).rejects.toThrow('broken rule');
    await world.asSystem((tx) => managerOf(tx).query(renamed(partyId, 'Then')));
    await sealAll();
    expect(await unsealed()).toBe(0);
  });

  it('makes one chain where several seal at once while others write', async () => {
    const brands = await Promise.all([1, 2, 3].map((number) => world.signUpBrand(`Brand ${number}`)));
    for (let round = 0; round < 5; round += 1) {
      await Promise.all([
        ...brands.map(({ partyId }) => world.asSystem((tx) => managerOf(tx).query(renamed(partyId, `Round ${round}`)))),
        ...Array.from({ length: 3 }, () => seal(4)),
      ]);
    }
    await sealAll();
    const { rows } = await owner.query<{ gaps: number }>(
      'select (max(link_no) - count(*))::integer as gaps from audit.links',
    );
    expect(rows).toEqual([{ gaps: 0 }]);
  });

  it('goes on where the fence is of another server, from which the database was copied', async () => {
    await owner.query(`update audit.fence set fence = '9000000000000000000'::xid8`);
    await world.signUpBrand();
    await sealAll();
  });
});

describe('nobody', () => {
  const refused = (sql: string) =>
    world.sql(systemActor('test'), sql).then(
      () => 'allowed',
      (error: { code: string }) => error.code,
    );

  it('writes, changes or removes entries and links with the application’s role', async () => {
    for (const sql of [
      'insert into audit.entries overriding system value select * from audit.entries',
      `update audit.entries set action = 'x'`,
      'delete from audit.entries',
      'truncate audit.entries',
      `update audit.links set sealed_at = now()`,
      'delete from audit.links',
      'select salt from audit.links',
      'select * from audit.fence',
      `select audit.record('x.y', 'INSERT', 'deal', gen_random_uuid(), null, null, '{}', null, null, false, null, null, '{}', '{}', '{}', '{}', '{}')`,
    ]) {
      expect([sql, await refused(sql)]).toEqual([sql, '42501']);
    }
  });

  it('seals or verifies without the system’s rights', async () => {
    const actor = await world.actor(await world.signUpBrand());
    for (const sql of [
      'select audit.announce()',
      'select audit.seal(now(), 1)',
      'select * from audit.findings(0, 1)',
    ]) {
      await expect(world.sql(actor, sql)).rejects.toMatchObject({ code: '42501' });
    }
  });

  it('changes or removes them as the owner, unless the database’s own guard is taken away', async () => {
    for (const table of ['audit.entries', 'audit.links']) {
      await expect(owner.query(`delete from ${table}`)).rejects.toMatchObject({ code: 'EV009' });
      await expect(owner.query(`truncate ${table}`)).rejects.toMatchObject({ code: 'EV009' });
    }
    await expect(owner.query(`update audit.entries set action = 'x'`)).rejects.toMatchObject({ code: 'EV009' });
  });
});
