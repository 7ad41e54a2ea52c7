import { type LedgerUnderTest, ledgerUnderTest } from '../../../../test/invariants/ledger-under-test';
import { CHART_OF_ACCOUNTS } from '../domain/account';

let ledger: LedgerUnderTest;
beforeAll(async () => {
  ledger = await ledgerUnderTest();
});
afterAll(() => ledger.close());

it('the chart of accounts in the database is the one of the domain', async () => {
  const rows = await ledger.dataSource.query<
    { kind: string; class: string; normal_side: string; has_floor: boolean; is_pending: boolean }[]
  >('select * from ledger.account_kinds');
  const stored = rows.map((row) => [
    row.kind,
    { class: row.class, normalSide: row.normal_side, hasFloor: row.has_floor, isPending: row.is_pending },
  ]);
  expect(Object.fromEntries(stored)).toEqual(CHART_OF_ACCOUNTS);
});
