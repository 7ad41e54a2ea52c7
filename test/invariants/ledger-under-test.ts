import { type Actor, Clock, type PersonActor, systemActor, type Transaction } from '@evenhand/kernel';
import { dataSourceOptions, SystemCalls, TypeormOutbox, TypeormUnitOfWork } from '@evenhand/platform';
import { createTestDatabase } from '@evenhand/testing';
import { uuidv7 } from 'uuidv7';
import { DataSource } from 'typeorm';
import { BankReceipts } from '../../libs/ledger/src/application/bank-receipts';
import { ByItem } from '../../libs/ledger/src/application/by-item';
import { ClosePeriod } from '../../libs/ledger/src/application/close-period';
import { ConfirmPayouts } from '../../libs/ledger/src/application/confirm-payouts';
import { ConvertBalance } from '../../libs/ledger/src/application/convert-balance';
import { FreezeEarnings } from '../../libs/ledger/src/application/freeze-earnings';
import { FreezeShares } from '../../libs/ledger/src/application/freeze-shares';
import { FundEscrow } from '../../libs/ledger/src/application/fund-escrow';
import { HoldOffFreezes } from '../../libs/ledger/src/application/hold-off-freezes';
import { ImportFxRates } from '../../libs/ledger/src/application/import-fx-rates';
import { OpenBook } from '../../libs/ledger/src/application/open-book';
import { RecordBankCredit } from '../../libs/ledger/src/application/record-bank-credit';
import { RecordBrandPayment } from '../../libs/ledger/src/application/record-brand-payment';
import { RecordGiftReceived } from '../../libs/ledger/src/application/record-gift-received';
import { RecordGiftReturned } from '../../libs/ledger/src/application/record-gift-returned';
import { RejectPayouts } from '../../libs/ledger/src/application/reject-payouts';
import { ReleaseDueHolds } from '../../libs/ledger/src/application/release-due-holds';
import { ReturnEscrow } from '../../libs/ledger/src/application/return-escrow';
import { ReverseEarnings } from '../../libs/ledger/src/application/reverse-earnings';
import { ReverseEarningsByItem } from '../../libs/ledger/src/application/reverse-earnings-by-item';
import { SendPayouts } from '../../libs/ledger/src/application/send-payouts';
import { SettleRecords } from '../../libs/ledger/src/application/settle-records';
import { SplitEarnings } from '../../libs/ledger/src/application/split-earnings';
import { SplitEarningsByItem } from '../../libs/ledger/src/application/split-earnings-by-item';
import { SplitOneEarning } from '../../libs/ledger/src/application/split-one-earning';
import { UnfreezeEarnings } from '../../libs/ledger/src/application/unfreeze-earnings';
import { UnfreezeShares } from '../../libs/ledger/src/application/unfreeze-shares';
import { EcbRateSource } from '../../libs/ledger/src/infrastructure/ecb-rate-source';
import { SqlBooksClock } from '../../libs/ledger/src/infrastructure/sql-books-clock';
import { TypeormBookDirectory } from '../../libs/ledger/src/infrastructure/typeorm-book-directory';
import { TypeormEarningStore } from '../../libs/ledger/src/infrastructure/typeorm-earning-store';
import { TypeormFxRates } from '../../libs/ledger/src/infrastructure/typeorm-fx-rates';
import { TypeormHolds } from '../../libs/ledger/src/infrastructure/typeorm-holds';
import { TypeormLedgerQueries } from '../../libs/ledger/src/infrastructure/typeorm-ledger-queries';
import { TypeormLedgerWriter } from '../../libs/ledger/src/infrastructure/typeorm-ledger-writer';
import { TypeormPastBalances } from '../../libs/ledger/src/infrastructure/typeorm-past-balances';
import { TypeormPeriods } from '../../libs/ledger/src/infrastructure/typeorm-periods';

export class SettableClock extends Clock {
  at = new Date('2026-10-01T00:00:00.000Z');

  override now(): Date {
    return this.at;
  }
}

/** A person without any right; spread and add what a test is about. */
export function person(rights: Partial<PersonActor> = {}): PersonActor {
  const none = { influencerId: null, memberships: [], representations: [], staffRoles: [], scopes: null };
  return { kind: 'person', userId: uuidv7(), ...none, ...rights };
}

export const FINANCE = person({ staffRoles: ['finance_preparer'] });
export const SYSTEM = systemActor('test');

export interface LedgerUnderTest extends ReturnType<typeof wire> {
  /** Of the database's owner. */
  readonly url: string;
  readonly dataSource: DataSource;
  close(): Promise<void>;
}

/** The ledger's use cases on a database of their own, connected as the application is. */
export async function ledgerUnderTest(databaseUrl?: string): Promise<LedgerUnderTest> {
  const database = databaseUrl ? { url: databaseUrl, drop: async () => undefined } : await createTestDatabase();
  const dataSource = new DataSource(
    dataSourceOptions({ databaseUrl: database.url, applicationName: 'ledger test', maxConnections: 10 }),
  );
  await dataSource.initialize();
  const close = async (): Promise<void> => {
    await dataSource.destroy();
    await database.drop();
  };
  return { ...wire(dataSource), url: database.url, dataSource, close };
}

function wire(dataSource: DataSource) {
  const clock = new SettableClock();
  const uow = new TypeormUnitOfWork(dataSource);
  const outbox = new TypeormOutbox();
  const books = new TypeormBookDirectory(uow);
  const writer = new TypeormLedgerWriter(uow, new SystemCalls(dataSource));
  const queries = new TypeormLedgerQueries();
  const fxRates = new TypeormFxRates(uow);
  const holds = new TypeormHolds(uow);
  const periods = new TypeormPeriods(uow);
  const pastBalances = new TypeormPastBalances();
  const splitEarnings = new SplitEarnings(books, writer);
  const byItem = new ByItem(uow, books, writer);
  const earningStore = new TypeormEarningStore(uow);
  const receipts = new BankReceipts(uow, books, writer, queries, outbox, clock);
  const reverseEarnings = new ReverseEarnings(books, earningStore, writer);
  return {
    clock,
    uow,
    writer,
    earningStore,
    queries,
    periods,
    holds,
    pastBalances,
    closePeriod: new ClosePeriod(uow, books, periods, outbox, clock),
    fxRates,
    importFxRates: new ImportFxRates(uow, new EcbRateSource(), fxRates, outbox),
    convertBalance: new ConvertBalance(uow, books, fxRates, writer, clock),
    openBook: new OpenBook(books),
    recordBankCredit: new RecordBankCredit(receipts),
    recordBrandPayment: new RecordBrandPayment(receipts),
    fundEscrow: new FundEscrow(books, writer, clock),
    returnEscrow: new ReturnEscrow(books, writer, clock),
    settleRecords: { execute: () => settleAll(new SettleRecords(uow, new SqlBooksClock())) },
    splitEarnings,
    splitEarningsByItem: new SplitEarningsByItem(byItem, splitEarnings),
    splitOneEarning: new SplitOneEarning(uow, books, writer),
    reverseEarnings,
    reverseEarningsByItem: new ReverseEarningsByItem(byItem, reverseEarnings),
    releaseDueHolds: new ReleaseDueHolds(uow, holds, outbox),
    freezeShares: new FreezeShares(holds, clock),
    freezeEarnings: new FreezeEarnings(books, holds, clock),
    holdOffFreezes: new HoldOffFreezes(holds),
    unfreezeShares: new UnfreezeShares(holds, clock),
    unfreezeEarnings: new UnfreezeEarnings(books, holds, clock),
    recordGiftReceived: new RecordGiftReceived(books, writer),
    recordGiftReturned: new RecordGiftReturned(books, writer),
    sendPayouts: new SendPayouts(writer, clock),
    confirmPayouts: new ConfirmPayouts(writer, clock),
    rejectPayouts: new RejectPayouts(writer, clock),
    /** Runs in one transaction, with the system's rights unless told. */
    run: <T>(work: (tx: Transaction) => Promise<T>, actor: Actor = SYSTEM): Promise<T> => uow.run(actor, work),
  };
}

const SETTLE_TRIES = 30;

/** Tries for a second: the server is shared, and a transaction under way in any of its databases is waited for. */
async function settleAll(settleRecords: SettleRecords): Promise<Date | null> {
  const from = new Date();
  let settled = await settleRecords.execute();
  for (let tries = 1; tries < SETTLE_TRIES && (settled === null || settled < from); tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 30));
    settled = await settleRecords.execute();
  }
  return settled;
}
