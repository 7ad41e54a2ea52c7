import type { PersonActor, StaffRole, Transaction } from '@evenhand/kernel';
import {
  PartyDirectory,
  type PartyName,
  PayoutAccountDirectory,
  type PayoutAccountKey,
  type PayoutDestination,
} from '@evenhand/parties';
import { FieldCipher, managerOf, TypeormOutbox, UuidV7Generator } from '@evenhand/platform';
import { Client } from 'pg';
import { uuidv7 } from 'uuidv7';
import { ApprovePayoutBatch } from '../../libs/payouts/src/application/approve-payout-batch';
import { ReadBatchContent } from '../../libs/payouts/src/application/batch-content';
import { BatchStep } from '../../libs/payouts/src/application/batch-step';
import { CancelPayoutBatch, RejectPayoutBatch } from '../../libs/payouts/src/application/close-payout-batch';
import { ComposeBankFile } from '../../libs/payouts/src/application/compose-bank-file';
import { EarningsReport } from '../../libs/payouts/src/application/earnings-report';
import { ExcludePayoutItem } from '../../libs/payouts/src/application/exclude-payout-item';
import { ExplainShares } from '../../libs/payouts/src/application/explain-shares';
import { ExportPayoutBatch } from '../../libs/payouts/src/application/export-payout-batch';
import { ListReportShares } from '../../libs/payouts/src/application/list-report-shares';
import { MarkItemPaid } from '../../libs/payouts/src/application/mark-item-paid';
import { MarkItemRejected } from '../../libs/payouts/src/application/mark-item-rejected';
import { MarkItemUnknown } from '../../libs/payouts/src/application/mark-item-unknown';
import { PayoutReport } from '../../libs/payouts/src/application/payout-report';
import { PreparePayoutBatch } from '../../libs/payouts/src/application/prepare-payout-batch';
import {
  GetPayoutBatch,
  ListPayoutBatches,
  ListPayoutExclusions,
  ListPayoutItems,
  ListPayoutLines,
} from '../../libs/payouts/src/application/read-payout-batches';
import { RecordOutcome } from '../../libs/payouts/src/application/record-outcome';
import { ReopenPayoutBatch } from '../../libs/payouts/src/application/reopen-payout-batch';
import { SubmitPayoutBatch } from '../../libs/payouts/src/application/submit-payout-batch';
import { CsvBankFileFormat } from '../../libs/payouts/src/infrastructure/csv-bank-file-format';
import { SealedBankFileStore } from '../../libs/payouts/src/infrastructure/sealed-bank-file-store';
import { SqlBatchStore } from '../../libs/payouts/src/infrastructure/sql-batch-store';
import { SqlOutcomeStore } from '../../libs/payouts/src/infrastructure/sql-outcome-store';
import { SqlPayoutQueries } from '../../libs/payouts/src/infrastructure/sql-payout-queries';
import { SqlPositionQueries } from '../../libs/payouts/src/infrastructure/sql-position-queries';
import { SqlReportQueries } from '../../libs/payouts/src/infrastructure/sql-report-queries';
import { type LedgerUnderTest, ledgerUnderTest, person, SettableClock } from '../invariants/ledger-under-test';

/** Accounts that a test sets, changes and removes at will. */
export class AccountsInTest extends PayoutAccountDirectory {
  readonly byPayee = new Map<PayoutAccountKey, PayoutDestination>();
  /** How often bank details were opened. */
  opened = 0;

  set(partyId: string, currency: string, given: Partial<PayoutDestination> = {}): void {
    this.byPayee.set(`${partyId}:${currency}`, {
      accountId: uuidv7(),
      holder: 'Aoi Tanaka',
      iban: 'FR7630006000011234567890189',
      bic: 'AGRIFRPP',
      country: 'FR',
      hint: '0189',
      setAt: new Date('2026-01-01T00:00:00.000Z'),
      verifiedAt: null,
      ...given,
    });
  }

  override async forPayout(
    _tx: Transaction,
    pairs: readonly { readonly partyId: string; readonly currency: string }[],
  ): Promise<ReadonlyMap<PayoutAccountKey, PayoutDestination>> {
    this.opened += 1;
    return this.found(pairs);
  }

  override async versionsOf(
    _tx: Transaction,
    pairs: readonly { readonly partyId: string; readonly currency: string }[],
  ): Promise<ReadonlyMap<PayoutAccountKey, PayoutDestination>> {
    return this.found(pairs);
  }

  private found(
    pairs: readonly { readonly partyId: string; readonly currency: string }[],
  ): ReadonlyMap<PayoutAccountKey, PayoutDestination> {
    const keys = pairs.map(({ partyId, currency }): PayoutAccountKey => `${partyId}:${currency}`);
    return new Map([...this.byPayee].filter(([key]) => keys.includes(key)));
  }
}

class PartyNamesInTest extends PartyDirectory {
  override async namesOf(tx: Transaction, ids: readonly string[]): Promise<ReadonlyMap<string, PartyName>> {
    const rows = await managerOf(tx).query<PartyName[]>(
      'select id, display_name as name, kind, country from parties.parties where id = any ($1::uuid[])',
      [ids],
    );
    return new Map(rows.map((row) => [row.id, row]));
  }
}

/** The present, so that what the database has just recorded is never in the future. */
export class PresentClock extends SettableClock {
  /** Added to the present. */
  aheadMs = 0;

  override now(): Date {
    return new Date(Date.now() + this.aheadMs);
  }
}

export interface PayoutsUnderTest extends ReturnType<typeof wirePayouts> {
  readonly ledger: LedgerUnderTest;
  /** A connection of the database's owner, whom row-level security does not bind. */
  readonly owner: Client;
  readonly preparer: PersonActor;
  readonly approver: PersonActor;
  /** Has both roles. */
  readonly both: PersonActor;
  staff(...staffRoles: readonly StaffRole[]): Promise<PersonActor>;
  party(kind: 'brand' | 'agency' | 'influencer', name?: string): Promise<string>;
  close(): Promise<void>;
}

/** The payouts' use cases on the real ledger, on a database of their own. */
export async function payoutsUnderTest(): Promise<PayoutsUnderTest> {
  const ledger = await ledgerUnderTest();
  const owner = new Client({ connectionString: ledger.url });
  await owner.connect();
  const staff = async (...staffRoles: readonly StaffRole[]): Promise<PersonActor> => {
    const actor = person({ staffRoles });
    await owner.query(
      `insert into identity.users (id, email, password_hash, display_name, locale, created_at)
       values ($1, $2, '$argon2id$test', 'Test', 'en', now())`,
      [actor.userId, `${actor.userId}@example.test`],
    );
    return actor;
  };
  const party = async (kind: string, name = `A ${kind}`): Promise<string> => {
    const id = uuidv7();
    await owner.query('insert into parties.parties (id, kind, display_name, country) values ($1, $2, $3, $4)', [
      id,
      kind,
      name,
      'FR',
    ]);
    return id;
  };
  return {
    ...wirePayouts(ledger),
    ledger,
    owner,
    preparer: await staff('finance_preparer'),
    approver: await staff('finance_approver'),
    both: await staff('finance_preparer', 'finance_approver'),
    staff,
    party,
    close: async () => {
      await owner.end();
      await ledger.close();
    },
  };
}

function wirePayouts(ledger: LedgerUnderTest) {
  const { uow } = ledger;
  const clock = new PresentClock();
  const outbox = new TypeormOutbox();
  const accounts = new AccountsInTest();
  const parties = new PartyNamesInTest();
  const batches = new SqlBatchStore();
  const content = new ReadBatchContent(batches, accounts);
  const step = new BatchStep(uow, batches, clock, outbox);
  const cipher = new FieldCipher([{ id: 'k1', key: Buffer.alloc(32, 7) }]);
  const compose = new ComposeBankFile(parties, accounts, new CsvBankFileFormat());
  const files = new SealedBankFileStore(cipher);
  const { confirmPayouts, rejectPayouts, sendPayouts, holdOffFreezes } = ledger;
  const outcome = new RecordOutcome(uow, step, batches, new SqlOutcomeStore(), confirmPayouts, rejectPayouts);
  const explain = new ExplainShares(uow, new SqlPositionQueries(), accounts, clock);
  const queries = new SqlPayoutQueries();
  const reports = new SqlReportQueries();
  return {
    clock,
    accounts,
    batches,
    prepare: new PreparePayoutBatch(uow, batches, accounts, new UuidV7Generator(), clock, outbox),
    exclude: new ExcludePayoutItem(uow, step, batches),
    submit: new SubmitPayoutBatch(step, batches, content),
    approve: new ApprovePayoutBatch(step, batches, content),
    reject: new RejectPayoutBatch(step, batches),
    cancel: new CancelPayoutBatch(step, batches),
    reopen: new ReopenPayoutBatch(step, batches),
    export: new ExportPayoutBatch(uow, step, batches, content, files, compose, sendPayouts, holdOffFreezes),
    markPaid: new MarkItemPaid(outcome),
    markRejected: new MarkItemRejected(outcome),
    markUnknown: new MarkItemUnknown(outcome),
    getBatch: new GetPayoutBatch(uow, queries, content),
    listBatches: new ListPayoutBatches(uow, queries),
    listItems: new ListPayoutItems(uow, queries, parties),
    listLines: new ListPayoutLines(uow, queries),
    listExclusions: new ListPayoutExclusions(uow, queries, parties),
    report: new PayoutReport(uow, reports, parties),
    reportShares: new ListReportShares(uow, reports, explain, parties),
    earnings: new EarningsReport(uow, ledger.queries, reports, explain, parties),
  };
}
