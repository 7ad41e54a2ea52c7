import type { Actor, Transaction } from '@evenhand/kernel';
import { UnitOfWork } from '@evenhand/kernel';
import type { PayoutTransfer } from '@evenhand/ledger';
import { uuidv7 } from 'uuidv7';
import { DataSource } from 'typeorm';
import { GetReceipt } from '../../libs/ledger/src/application/get-receipt';
import { SealTransactions } from '../../libs/ledger/src/application/seal-transactions';
import { VerifySeals } from '../../libs/ledger/src/application/verify-seals';
import { SqlSeals } from '../../libs/ledger/src/infrastructure/sql-seals';
import { TypeormTransaction } from '../../libs/platform/src/database/typeorm-transaction';
import { dealInTest, type DealInTest, fund, milestoneOf, saleOf } from './deal-in-test';
import { FINANCE, type LedgerUnderTest, SYSTEM } from './ledger-under-test';

/** The use cases about seals beside those of the ledger. */
export function sealingOf(ledger: LedgerUnderTest) {
  const seals = new SqlSeals();
  // Twice, since a run that was disturbed leaves an older instant to be settled first.
  const settle = async (): Promise<void> => {
    await ledger.settleRecords.execute();
    await ledger.settleRecords.execute();
  };
  const sealTransactions = new SealTransactions(ledger.uow, seals);
  return {
    seals,
    sealTransactions,
    verifySeals: new VerifySeals(ledger.uow, seals),
    getReceipt: new GetReceipt(ledger.uow, seals),
    settle,
    /** Settles and seals all that has ended. */
    async settleAndSeal(): Promise<number> {
      await settle();
      return (await sealTransactions.execute({ now: new Date(), limit: 100_000 })).transactions;
    },
  };
}

/** One transaction of every kind there is in a book, in texts that a careless encoding would stumble over. */
export async function everyKindOfTransaction(ledger: LedgerUnderTest): Promise<DealInTest> {
  const deal = await dealInTest(ledger);
  const { brandId, bookId, dealId, influencerId, currency } = deal;
  await ledger.importFxRates.execute();
  await fund(ledger, deal, 10_000n, 'cash');
  await fund(ledger, deal, 600n, 'commission_reserve');
  await ledger.run((tx) => {
    const back = { brandId, dealId, currency, purpose: 'cash' as const, amountMinor: 5n, idempotencyKey: uuidv7() };
    return ledger.returnEscrow.execute(tx, back);
  });
  await ledger.recordBankCredit.execute({
    actor: FINANCE,
    brandId,
    currency,
    amountMinor: 900n,
    bankReference: 'SCT "7" \\ 佣金\u2028 👛 </',
    receivedAt: ledger.clock.now(),
    idempotencyKey: 'key "of" \\ somebody',
  });
  const convert = { kind: 'brand_balance' as const, fromCurrency: 'EUR', toCurrency: 'CNY', amountMinor: 100n };
  await ledger.convertBalance.execute({
    actor: FINANCE,
    brandId,
    ...convert,
    date: '2024-06-03',
    idempotencyKey: uuidv7(),
  });
  const [first, second] = [saleOf(deal, 1_000n, { netSalesBeforeMinor: 7n, capLeftMinor: 5_000n }), saleOf(deal, 100n)];
  await ledger.run((tx) => ledger.splitEarnings.execute(tx, brandId, [first, second, saleOf(deal, 0n)]));
  await ledger.run((tx) => ledger.splitEarnings.execute(tx, brandId, [milestoneOf(deal, 500n)]));
  await refund(ledger, deal, second.source, 400n);
  await ledger.releaseDueHolds.execute({ now: new Date('2026-12-01T00:00:00Z'), limit: 100 });
  await refund(ledger, deal, first.source, 300n);
  const paid = await ledger.recordBrandPayment.execute({
    actor: FINANCE,
    brandId,
    currency,
    amountMinor: 100n,
    bankReference: 'SCT 9',
    receivedAt: ledger.clock.now(),
    idempotencyKey: uuidv7(),
  });
  if (paid.bookId !== bookId) throw new RangeError('The payment is of another book.');
  await payOut(ledger, { bookId, partyId: influencerId, currency, amountMinor: 40n });
  const gift = { dealId, receiverId: influencerId, currency, fairMarketValueMinor: 300n };
  const giftKeys = { idempotencyKey: uuidv7(), receivedAt: ledger.clock.now() };
  await ledger.run((tx) => ledger.recordGiftReceived.execute(tx, { brandId, ...gift, ...giftKeys }));
  await ledger.run((tx) => {
    const keys = { idempotencyKey: uuidv7(), returnedAt: ledger.clock.now() };
    return ledger.recordGiftReturned.execute(tx, { brandId, ...gift, ...keys });
  });
  return deal;
}

async function refund(
  ledger: LedgerUnderTest,
  { brandId }: DealInTest,
  source: { readonly type: 'sale' | 'deliverable' | 'bonus'; readonly id: string },
  refundedBaseMinor: bigint,
): Promise<void> {
  const [refundId, occurredAt] = [uuidv7(), new Date('2026-10-02T00:00:00Z')];
  const reversal = { idempotencyKey: `refund:${refundId}`, source, refundId, refundedBaseMinor, occurredAt };
  await ledger.run((tx) => ledger.reverseEarnings.execute(tx, brandId, [reversal]));
}

/** One transfer sent and rejected, one sent and confirmed. */
async function payOut(
  ledger: LedgerUnderTest,
  transfer: Omit<PayoutTransfer, 'idempotencyKey' | 'payoutItemId'>,
): Promise<void> {
  const next = () => ({ ...transfer, idempotencyKey: uuidv7(), payoutItemId: uuidv7() });
  for (const end of [ledger.rejectPayouts, ledger.confirmPayouts]) {
    await ledger.run((tx) => ledger.sendPayouts.execute(tx, [next()]));
    await ledger.run((tx) => end.execute(tx, [next()]));
  }
}

/** Work of a forger who owns the database, seen by the use cases and then undone. */
export class Forger {
  private constructor(private readonly owner: DataSource) {}

  static async enter(ledger: LedgerUnderTest): Promise<Forger> {
    return new Forger(await new DataSource({ type: 'postgres', url: ledger.url }).initialize());
  }

  /** Changes rows with no trigger and no check in the way, and answers what `look` finds then. */
  async after<T>(forgeries: readonly string[], look: (uow: UnitOfWork) => Promise<T>): Promise<T> {
    const runner = this.owner.createQueryRunner();
    await runner.startTransaction();
    try {
      await runner.query(`set local session_replication_role = 'replica'`);
      await runner.query(`select set_config('evenhand.system', 'on', true)`);
      await runner.query(WITHOUT_CHECKS);
      for (const forgery of forgeries) await runner.query(forgery);
      return await look(
        new WithinOne(new TypeormTransaction(SYSTEM, runner.manager, await runner.connect(), 'read write')),
      );
    } finally {
      await runner.rollbackTransaction();
      await runner.release();
    }
  }

  query<Row>(sql: string): Promise<Row[]> {
    return this.owner.query<Row[]>(sql);
  }

  leave(): Promise<void> {
    return this.owner.destroy();
  }
}

const WITHOUT_CHECKS = `
  do $$ declare v_check record; begin
    for v_check in select conrelid::regclass as held_by, conname from pg_constraint
                   where contype = 'c' and connamespace = 'ledger'::regnamespace and conislocal and coninhcount = 0
                     and conrelid <> 0 loop
      execute format('alter table %s drop constraint if exists %I', v_check.held_by, v_check.conname);
    end loop;
    for v_check in select contypid::regtype as held_by, conname from pg_constraint
                   where contype = 'c' and connamespace = 'ledger'::regnamespace and contypid <> 0 loop
      execute format('alter domain %s drop constraint %I', v_check.held_by, v_check.conname);
    end loop;
    alter table ledger.accounts alter account_id drop identity;
    alter table ledger.rules alter rule_id drop identity;
  end $$`;

/** Everything in one transaction that somebody else ends. */
class WithinOne extends UnitOfWork {
  constructor(private readonly tx: Transaction) {
    super();
  }

  override run<T>(_actor: Actor, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return work(this.tx);
  }

  override read<T>(_actor: Actor, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return work(this.tx);
  }

  override lastly<T>(_tx: Transaction, work: () => Promise<T>): Promise<T> {
    return work();
  }

  override asSystem<T>(_tx: Transaction, work: () => Promise<T>): Promise<T> {
    return work();
  }

  override savepoint<T>(_tx: Transaction, work: () => Promise<T>): Promise<T> {
    return work();
  }
}
