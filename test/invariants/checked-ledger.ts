import { checkInvariants } from '@evenhand/ledger';
import { Client } from 'pg';
import { type LedgerUnderTest, ledgerUnderTest } from './ledger-under-test';

export interface CheckedLedger {
  readonly ledger: LedgerUnderTest;
  /** Connected as the owner of the database, whom no policy keeps from anything. */
  readonly owner: Client;
}

/** Gives the tests of a file a ledger on a database of its own, and checks every invariant after each of them. */
export function withCheckedLedger(take: (made: CheckedLedger) => void): void {
  let made: CheckedLedger;
  beforeAll(async () => {
    const ledger = await ledgerUnderTest();
    made = { ledger, owner: new Client({ connectionString: ledger.url }) };
    await made.owner.connect();
    take(made);
  });
  afterEach(async () => expect(await checkInvariants(made.owner)).toEqual([]));
  afterAll(async () => {
    await made.owner.end();
    await made.ledger.close();
  });
}
