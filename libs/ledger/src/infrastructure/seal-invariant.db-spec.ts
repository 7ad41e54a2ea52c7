import { dealInTest, saleOf } from '../../../../test/invariants/deal-in-test';
import { type LedgerUnderTest, ledgerUnderTest } from '../../../../test/invariants/ledger-under-test';
import { Forger, sealingOf } from '../../../../test/invariants/sealed-books';
import { managerOf } from '../../../platform/src/database/typeorm-transaction';
import { checkInvariants } from './check-invariants';

let ledger: LedgerUnderTest;
let forger: Forger;

beforeAll(async () => {
  ledger = await ledgerUnderTest();
  const deal = await dealInTest(ledger);
  for (let seal = 0; seal < 4; seal += 1) {
    await ledger.run((tx) => ledger.splitEarnings.execute(tx, deal.brandId, [saleOf(deal, 10n)]));
    await sealingOf(ledger).settleAndSeal();
  }
  forger = await Forger.enter(ledger);
});
afterAll(async () => {
  await forger.leave();
  await ledger.close();
});

describe('the invariants', () => {
  it.each([
    ['nothing where nothing was touched', 'select 1', []],
    [
      'a changed seal',
      'update ledger.seals set transactions = 2 where seal_no = 2',
      ['book 1: seal 2 was changed: it does not give its hash'],
    ],
    [
      'a seal that is gone',
      'delete from ledger.seals where seal_no = 2',
      ['book 1: seal 3 comes after seal 1: those between are missing'],
    ],
    [
      'a seal that was changed with its hash',
      `update ledger.seals s set sealed_at = 'epoch', hash = sha256('\\x02'::bytea || convert_to(ledger.seal_text(book_id, brand_id,
         seal_no, sealed_through, transactions, root, salt_hash, previous_hash, skipped_hash, 'epoch'), 'UTF8')) where seal_no = 2`,
      ['book 1: seal 3 does not follow seal 2'],
    ],
  ])('tell of the seals %s', async (_what, forgery, expected) => {
    const findings = await forger.after([forgery], (uow) =>
      uow.read({ kind: 'anonymous' }, (tx) => checkInvariants(managerOf(tx))),
    );
    expect(findings.map(({ finding }) => finding)).toEqual(expected);
  });
});
