import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemActor } from '@evenhand/kernel';
import { Client } from 'pg';
import { SalesWorld } from '../../../test/support/sales/sales-world';
import { saleEvent } from '../../../test/support/sales/tracked-deal';
import { MendProblem } from './index';

const SYSTEM = systemActor('test');

/** Rows of any table of any schema in which the text stands, whatever the case. */
async function rowsWith(owner: Client, text: string): Promise<readonly string[]> {
  const { rows } = await owner.query<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
  );
  const found: string[] = [];
  for (const { name } of rows) {
    const { rows: hits } = await owner.query<{ text: string }>(
      `select t::text as text from ${name} t where t::text ilike $1`,
      [`%${text}%`],
    );
    found.push(...hits.map((hit) => `${name}: ${hit.text}`));
  }
  return found;
}

describe('the customers of a shop', () => {
  let world: SalesWorld;
  let owner: Client;
  let brandId: string;

  beforeAll(async () => {
    world = await SalesWorld.create();
    owner = new Client({ connectionString: world.databaseUrl });
    await owner.connect();
    brandId = await world.brand();
    world.deal(brandId, 'YUKI');
  });

  afterAll(async () => {
    await owner.end();
    await world.destroy();
  });

  it('are in no row of the database: not of sales, of what waits, of bad rows, of what people correct', async () => {
    await world.sales(
      brandId,
      saleEvent({ externalId: '1', code: 'YUKI', customer: 'lovelace@example.com' }),
      saleEvent({ externalId: '2', code: 'TYPO', customer: 'lovelace@example.com' }),
      saleEvent({ externalId: '3', code: 'YUKI', customer: 'Lovelace' }),
    );
    const header = 'external_id,code,currency,occurred_at,base_amount,customer_email';
    const bad = `${header}\n4,YUKI,EUR,2026-05-10T12:00:00Z,"1,00",lovelace@example.com
5,YUKI,EUR,2026-05-10T12:00:00Z,"1,00",Ada Lovelace
6,YUKI,EUR,lovelace@example.com,,2026-05-10T12:00:00Z,10.00\n`;
    const { rows } = await world.importFile(brandId, bad);
    expect(rows).toHaveLength(3);
    const order = readFileSync(join(__dirname, '..', 'test-data', 'shopify', 'order.json'));
    await world.importFile(brandId, order, { mapping: 'shopify' });
    const page = { first: 10, after: null };
    const inbox = await world.listIntakeProblems.execute({ actor: SYSTEM, filter: { brandId }, page });
    const fourth = inbox.rows.find(({ node }) => node.externalId === '4')?.node;
    const correction = { brandId, problemId: fourth?.problemId ?? '', sale: null, deal: null, refund: null };
    const values = [
      { line: 2, column: 'base_amount', value: '1.00' },
      { line: 2, column: 'customer_email', value: 'lovelace@example.org' },
    ];
    const mended = await world.get(MendProblem).execute({ actor: SYSTEM, ...correction, rows: values });
    expect(mended.outcome).toBe('recorded');
    expect(await rowsWith(owner, 'lovelace')).toEqual([]);
    expect(await rowsWith(owner, 'hostmail')).toEqual([]);
    const { rows: tokens } = await owner.query('select distinct customer from sales.sale_customers');
    expect(tokens).toHaveLength(2);
  });
});
