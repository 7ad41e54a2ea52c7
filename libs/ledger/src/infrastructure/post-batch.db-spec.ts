import { IdempotencyConflict } from '@evenhand/kernel';
import type { Client } from 'pg';
import { uuidv7 } from 'uuidv7';
import { withCheckedLedger } from '../../../../test/invariants/checked-ledger';
import { dealInTest, type DealInTest, fund, milestoneOf, saleOf } from '../../../../test/invariants/deal-in-test';
import { FINANCE, type LedgerUnderTest } from '../../../../test/invariants/ledger-under-test';
import {
  type Account,
  brandBalance,
  brandReceivable,
  clientCash,
  dealEscrow,
  payeeAvailable,
  payeePending,
  payoutInTransit,
  platformFee,
  platformFeePending,
} from '../domain/account';
import {
  EarningAlreadyRecorded,
  InsufficientBrandBalance,
  InsufficientClientCash,
  InsufficientEscrow,
  InsufficientPayable,
  RefundExceedsSale,
} from '../domain/errors';
import type { EarningDraft } from '../domain/events/earning-split';
import { compileSplitPlan } from '../domain/split-plan';
import { posting, transactionDraft } from '../domain/transaction-draft';

let ledger: LedgerUnderTest;
let owner: Client;
let deal: DealInTest;

withCheckedLedger((made) => ({ ledger, owner } = made));
beforeEach(async () => {
  deal = await dealInTest(ledger);
});

const balance = (account: Account): Promise<bigint> =>
  ledger.run((tx) => ledger.queries.balanceOf(tx, deal.bookId, account));
const split = (...drafts: EarningDraft[]) => ledger.run((tx) => ledger.splitEarnings.execute(tx, deal.brandId, drafts));
const refund = (sourceId: string, refundedBaseMinor: bigint, refundId: string = uuidv7()) =>
  ledger.run((tx) =>
    ledger.reverseEarnings.execute(tx, deal.brandId, [
      {
        idempotencyKey: `refund:${refundId}`,
        source: { type: 'sale', id: sourceId },
        refundId,
        refundedBaseMinor,
        occurredAt: new Date('2026-10-02T00:00:00.000Z'),
      },
    ]),
  );
const release = (at = '2026-10-15T10:00:00.000Z') => ledger.releaseDueHolds.execute({ now: new Date(at), limit: 5000 });
const transferOf = (amountMinor: bigint, partyId = deal.influencerId) => ({
  idempotencyKey: uuidv7(),
  bookId: deal.bookId,
  partyId,
  currency: deal.currency,
  amountMinor,
  payoutItemId: uuidv7(),
});
const escrow = (purpose: 'cash' | 'commission_reserve'): Account => dealEscrow(deal.dealId, purpose, deal.currency);

describe('funding', () => {
  it('moves the bank credit into the balance and from there into escrow', async () => {
    await fund(ledger, deal, 1000n, 'cash');
    expect(await balance(clientCash('EUR'))).toBe(1000n);
    expect(await balance(brandBalance('EUR'))).toBe(0n);
    expect(await balance(escrow('cash'))).toBe(1000n);
  });

  it('refuses a deal beyond the balance, naming the transaction and what is there', async () => {
    await fund(ledger, deal, 100n, null);
    const command = {
      brandId: deal.brandId,
      dealId: deal.dealId,
      currency: 'EUR',
      purpose: 'cash' as const,
      amountMinor: 101n,
      idempotencyKey: 'too much',
    };
    const refused = ledger.run((tx) => ledger.fundEscrow.execute(tx, command));
    await expect(refused).rejects.toThrow(InsufficientBrandBalance);
    await expect(refused).rejects.toMatchObject({
      details: { key: 'too much', availableMinor: '100', neededMinor: '101', currency: 'EUR' },
    });
    expect(await balance(brandBalance('EUR'))).toBe(100n);
  });

  it('returns escrow to the balance, never more than is in it', async () => {
    await fund(ledger, deal, 100n, 'cash');
    const { brandId, dealId } = deal;
    const back = (amountMinor: bigint) => {
      const command = { brandId, dealId, currency: 'EUR', purpose: 'cash' as const, amountMinor };
      return ledger.run((tx) => ledger.returnEscrow.execute(tx, { ...command, idempotencyKey: uuidv7() }));
    };
    await back(60n);
    await expect(back(41n)).rejects.toThrow(InsufficientEscrow);
    expect(await balance(brandBalance('EUR'))).toBe(60n);
  });

  it('refuses money that has not arrived yet', async () => {
    const receivedAt = new Date('2999-01-01T00:00:00Z');
    const money = { brandId: deal.brandId, currency: 'EUR', amountMinor: 1n, bankReference: 'Z1', idempotencyKey: 'a' };
    for (const useCase of [ledger.recordBankCredit, ledger.recordBrandPayment]) {
      const early = useCase.execute({ actor: FINANCE, ...money, receivedAt });
      await expect(early).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    }
  });

  it('answers the same credit under the same key with its first result', async () => {
    const credit = {
      actor: FINANCE,
      brandId: deal.brandId,
      currency: 'JPY',
      amountMinor: 5000n,
      bankReference: 'Z1',
      receivedAt: new Date('2026-10-01T00:00:00Z'),
      idempotencyKey: uuidv7(),
    };
    const first = await ledger.recordBankCredit.execute(credit);
    await ledger.recordBankCredit.execute({ ...credit, idempotencyKey: uuidv7() });
    expect(await ledger.recordBankCredit.execute(credit)).toEqual(first);
    expect(first.brandBalanceMinor).toBe(5000n);
    expect(await balance(brandBalance('JPY'))).toBe(10000n);
    await expect(ledger.recordBankCredit.execute({ ...credit, amountMinor: 5001n })).rejects.toThrow(
      IdempotencyConflict,
    );
  });
});

describe('splitting', () => {
  it('takes a milestone from escrow: the fee is earned, the rest pending', async () => {
    await fund(ledger, deal, 1001n, 'cash');
    await split(milestoneOf(deal, 1001n));
    expect(await balance(escrow('cash'))).toBe(0n);
    expect(await balance(platformFee('EUR'))).toBe(100n);
    expect(await balance(payeePending(deal.agencyId, 'EUR'))).toBe(400n);
    expect(await balance(payeePending(deal.influencerId, 'EUR'))).toBe(501n);
  });

  it('refuses a milestone beyond the escrow and writes nothing of the batch', async () => {
    await fund(ledger, deal, 100n, 'cash');
    await expect(split(milestoneOf(deal, 60n), milestoneOf(deal, 60n))).rejects.toThrow(InsufficientEscrow);
    expect(await balance(escrow('cash'))).toBe(100n);
  });

  it('takes sales from the reserve first and lets the brand owe the rest, across one batch', async () => {
    await fund(ledger, deal, 250n, 'commission_reserve');
    const [first, second, third] = [saleOf(deal, 200n), saleOf(deal, 100n), saleOf(deal, 30n)];
    await split(first, second, third);
    expect(await balance(escrow('commission_reserve'))).toBe(0n);
    expect(await balance(brandReceivable('EUR'))).toBe(80n);
    expect(await balance(platformFeePending('EUR'))).toBe(33n);
    const page = { first: 10, after: null };
    const { rows } = await ledger.run((tx) => ledger.queries.earnings(tx, { brandId: deal.brandId }, page));
    expect(rows.map(({ node }) => node.fromEscrowMinor).sort()).toEqual([0n, 200n, 50n]);
  });

  it('lets the brand owe for the first time where all else was seen before', async () => {
    await fund(ledger, deal, 100n, 'cash');
    const plan = compileSplitPlan(deal.influencerId, []);
    await split(milestoneOf({ ...deal, plan }, 100n));
    await split(saleOf({ ...deal, plan }, 100n));
    expect(await balance(brandReceivable('EUR'))).toBe(100n);
    expect(await balance(payeePending(deal.influencerId, 'EUR'))).toBe(200n);
  });

  it('records zero shares and a gross of zero', async () => {
    const [result] = await split(saleOf(deal, 0n));
    expect(result?.shares.map(({ amountMinor }) => amountMinor)).toEqual([0n, 0n, 0n]);
    const page = { first: 10, after: null };
    const { rows } = await ledger.run((tx) => ledger.queries.earnings(tx, { brandId: deal.brandId }, page));
    expect(rows[0]?.node.shares.map((share) => [share.shareId, share.role])).toEqual(
      result?.shares.map((share) => [share.shareId, share.role]),
    );
  });

  it('has one effect for one key, twice in a batch and later', async () => {
    const sale = saleOf(deal, 100n);
    const [first, again] = await split(sale, sale);
    const [later] = await split(sale);
    expect(first?.status).toBe('recorded');
    expect([again, later]).toEqual([
      { ...first, status: 'duplicate' },
      { ...first, status: 'duplicate' },
    ]);
    expect(await balance(brandReceivable('EUR'))).toBe(100n);
  });

  it('refuses another request under a used key, naming it', async () => {
    const sale = saleOf(deal, 100n);
    const conflict = split(saleOf(deal, 50n), sale, { ...sale, poolMinor: 101n });
    await expect(conflict).rejects.toThrow(IdempotencyConflict);
    await expect(conflict).rejects.toMatchObject({ details: { key: sale.idempotencyKey } });
    expect(await balance(brandReceivable('EUR'))).toBe(0n);
  });

  it('refuses a second earning of one source under another key', async () => {
    const sale = saleOf(deal, 100n);
    await split(sale);
    await expect(split({ ...sale, idempotencyKey: 'another' })).rejects.toThrow(EarningAlreadyRecorded);
  });

  it('refuses bad items alone where the caller wants results by item', async () => {
    await fund(ledger, deal, 100n, 'cash');
    const sale = saleOf(deal, 100n);
    const drafts = [
      sale,
      milestoneOf(deal, 101n),
      { ...sale, poolMinor: 7n },
      milestoneOf(deal, 100n),
      saleOf(deal, 5n),
    ];
    const outcomes = await ledger.run((tx) => ledger.splitEarningsByItem.execute(tx, deal.brandId, drafts));
    expect(outcomes.map(({ status }) => status)).toEqual(['recorded', 'refused', 'refused', 'recorded', 'recorded']);
    expect(outcomes[1]).toMatchObject({ error: { code: 'INSUFFICIENT_ESCROW' } });
    expect(outcomes[2]).toMatchObject({ error: { code: 'IDEMPOTENCY_CONFLICT' } });
    expect(await balance(escrow('cash'))).toBe(0n);
    expect(await balance(brandReceivable('EUR'))).toBe(105n);
  });

  it('leaves on each posting the balances of both its accounts', async () => {
    await split(saleOf(deal, 100n), saleOf(deal, 10n));
    const page = { first: 100, after: null };
    const postings = await ledger.run((tx) => ledger.queries.postings(tx, { bookId: deal.bookId }, page));
    expect(
      postings.rows.map(({ node }) => [node.credit.account?.kind, node.debit.balanceMinor, node.credit.balanceMinor]),
    ).toEqual([
      ['platform_fee_pending', 10n, 10n],
      ['payee_pending', 50n, 40n],
      ['payee_pending', 100n, 50n],
      ['platform_fee_pending', 101n, 11n],
      ['payee_pending', 105n, 44n],
      ['payee_pending', 110n, 55n],
    ]);
  });
});

describe('refunds', () => {
  it('takes back from pending and from what the brand owes, then from the reserve, to exactly zero', async () => {
    await fund(ledger, deal, 60n, 'commission_reserve');
    const sale = saleOf(deal, 101n);
    await split(sale);
    await refund(sale.source.id, 303n);
    expect(await balance(brandReceivable('EUR'))).toBe(11n);
    expect(await balance(escrow('commission_reserve'))).toBe(0n);
    await refund(sale.source.id, 707n);
    expect(await balance(brandReceivable('EUR'))).toBe(0n);
    expect(await balance(escrow('commission_reserve'))).toBe(60n);
    expect(await balance(platformFeePending('EUR'))).toBe(0n);
    expect(await balance(payeePending(deal.influencerId, 'EUR'))).toBe(0n);
    await expect(refund(sale.source.id, 1n)).rejects.toThrow(RefundExceedsSale);
  });

  it('has one effect for one refund', async () => {
    const sale = saleOf(deal, 100n);
    await split(sale);
    const refundId = uuidv7();
    const [first] = await refund(sale.source.id, 1000n, refundId);
    const [again] = await refund(sale.source.id, 1000n, refundId);
    expect(again).toEqual({ ...first, status: 'duplicate' });
    expect(first?.grossMinor).toBe(100n);
    await expect(refund(sale.source.id, 999n, refundId)).rejects.toThrow(IdempotencyConflict);
    await expect(refund(uuidv7(), 1000n, refundId)).rejects.toThrow(IdempotencyConflict);
  });

  it('of a milestone takes the fee back from what was earned with it', async () => {
    await fund(ledger, deal, 100n, 'cash');
    const milestone = milestoneOf(deal, 100n);
    await split(milestone);
    const { source } = milestone;
    const refundId = uuidv7();
    const back = { idempotencyKey: refundId, source, refundId, refundedBaseMinor: 50n, occurredAt: new Date() };
    await ledger.run((tx) => ledger.reverseEarnings.execute(tx, deal.brandId, [back]));
    expect(await balance(escrow('cash'))).toBe(50n);
    expect(await balance(platformFee('EUR'))).toBe(5n);
    expect(await balance(payeePending(deal.influencerId, 'EUR'))).toBe(25n);
  });

  it('race to what is left of a sale: together they never take more', async () => {
    const sale = saleOf(deal, 100n);
    await split(sale);
    const results = await Promise.allSettled(Array.from({ length: 6 }, () => refund(sale.source.id, 300n)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(RefundExceedsSale);
    }
    expect(await balance(brandReceivable('EUR'))).toBe(10n);
  });

  it('after the payout leaves the payee below zero, and the next earning nets it', async () => {
    await fund(ledger, deal, 100n, 'commission_reserve');
    const sale = saleOf(deal, 100n);
    await split(sale);
    await release();
    const transfer = transferOf(50n);
    await ledger.run((tx) => ledger.sendPayouts.execute(tx, [transfer]));
    await ledger.run((tx) => ledger.confirmPayouts.execute(tx, [{ ...transfer, idempotencyKey: uuidv7() }]));
    await refund(sale.source.id, 1000n);
    expect(await balance(payeeAvailable(deal.influencerId, 'EUR'))).toBe(-50n);
    expect(await balance(platformFee('EUR'))).toBe(0n);
    await split(saleOf(deal, 200n));
    await release();
    expect(await balance(payeeAvailable(deal.influencerId, 'EUR'))).toBe(50n);
    await expect(ledger.run((tx) => ledger.sendPayouts.execute(tx, [transferOf(51n)]))).rejects.toThrow(
      InsufficientPayable,
    );
  });
});

describe('payouts', () => {
  const earn = async (grossMinor: bigint): Promise<void> => {
    await split(saleOf(deal, grossMinor));
    await release();
  };

  it('are not paid with money the brand has not sent', async () => {
    await fund(ledger, deal, 40n, null);
    await earn(100n);
    const first = transferOf(40n, deal.agencyId);
    await ledger.run((tx) => ledger.sendPayouts.execute(tx, [first]));
    const second = transferOf(1n);
    const refused = ledger.run((tx) => ledger.sendPayouts.execute(tx, [second]));
    await expect(refused).rejects.toThrow(InsufficientClientCash);
    await expect(refused).rejects.toMatchObject({
      details: { key: second.idempotencyKey, availableMinor: '0', neededMinor: '1' },
    });
  });

  it('are not paid with money of another currency', async () => {
    const inYen = { ...deal, currency: 'JPY' };
    await fund(ledger, deal, 100n, null);
    await split(saleOf(deal, 100n), saleOf(inYen, 100n));
    await release();
    const [euros, yen] = [transferOf(40n), { ...transferOf(1n), currency: 'JPY' }];
    for (const transfers of [
      [euros, yen],
      [yen, euros],
    ]) {
      const refused = ledger.run((tx) => ledger.sendPayouts.execute(tx, transfers));
      await expect(refused).rejects.toThrow(InsufficientClientCash);
      await expect(refused).rejects.toMatchObject({ details: { key: yen.idempotencyKey, currency: 'JPY' } });
    }
    await fund(ledger, inYen, 1n, null);
    await ledger.run((tx) => ledger.sendPayouts.execute(tx, [euros, yen]));
    expect(await balance(payoutInTransit('EUR'))).toBe(40n);
    expect(await balance(payoutInTransit('JPY'))).toBe(1n);
  });

  it('under way keep the cash that covers them', async () => {
    await fund(ledger, deal, 100n, null);
    await earn(200n);
    await ledger.run((tx) => ledger.sendPayouts.execute(tx, [transferOf(60n)]));
    const takeOut = (amountMinor: bigint) => {
      const draft = transactionDraft({
        kind: 'balance_converted',
        idempotencyKey: uuidv7(),
        request: {},
        effectiveAt: new Date('2026-10-15T00:00:00.000Z'),
        postings: [posting(brandBalance('EUR'), clientCash('EUR'), amountMinor)],
      });
      return ledger.run((tx) => ledger.writer.post(tx, deal.bookId, [draft]));
    };
    await expect(takeOut(41n)).rejects.toThrow(InsufficientClientCash);
    await takeOut(40n);
    expect(await balance(clientCash('EUR'))).toBe(60n);
  });

  it('come back when the bank rejects them', async () => {
    await fund(ledger, deal, 100n, null);
    await earn(100n);
    const transfer = transferOf(50n);
    await ledger.run((tx) => ledger.sendPayouts.execute(tx, [transfer]));
    expect(await balance(payoutInTransit('EUR'))).toBe(50n);
    await ledger.run((tx) => ledger.rejectPayouts.execute(tx, [{ ...transfer, idempotencyKey: uuidv7() }]));
    expect(await balance(payoutInTransit('EUR'))).toBe(0n);
    expect(await balance(payeeAvailable(deal.influencerId, 'EUR'))).toBe(50n);
    expect(await balance(clientCash('EUR'))).toBe(100n);
  });

  it('race to what is there: one of two wins', async () => {
    await fund(ledger, deal, 100n, null);
    await earn(100n);
    const results = await Promise.allSettled([
      ledger.run((tx) => ledger.sendPayouts.execute(tx, [transferOf(50n)])),
      ledger.run((tx) => ledger.sendPayouts.execute(tx, [transferOf(50n)])),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('a clock that is set back', () => {
  it('never makes a posting look as old as what is settled', async () => {
    await split(saleOf(deal, 100n));
    const ahead = new Date(Date.now() + 3_600_000);
    await owner.query('update ledger.clock set announced_at = $1', [ahead]);
    await split(saleOf(deal, 100n));
    await owner.query("update ledger.clock set announced_at = '-infinity'");
    const page = { first: 100, after: null };
    const { rows } = await ledger.run((tx) => ledger.queries.postings(tx, { bookId: deal.bookId }, page));
    expect(rows.slice(3).map(({ node }) => node.recordedAt)).toEqual([ahead, ahead, ahead]);
  });

  it('never takes what is settled back', async () => {
    const ahead = new Date(Date.now() + 3_600_000);
    await owner.query('update ledger.clock set announced_at = $1, settled_at = $1', [ahead]);
    const settled = await ledger.settleRecords.execute();
    await owner.query("update ledger.clock set announced_at = '-infinity', settled_at = '-infinity', fence = null");
    expect(settled?.getTime()).toBeGreaterThanOrEqual(ahead.getTime());
  });

  it('never makes a posting look older than what its accounts hold already', async () => {
    await fund(ledger, deal, 1000n, 'commission_reserve');
    await split(saleOf(deal, 100n));
    const ahead = new Date(Date.now() + 3_600_000);
    await owner.query('update ledger.balances set recorded_at = $2 where book_id = $1', [deal.bookId, ahead]);
    // One that comes alone and two that come together are written by different ways.
    await split(saleOf(deal, 100n));
    await split(saleOf(deal, 100n), saleOf(deal, 100n));
    const sql = 'select distinct recorded_at from ledger.transactions where book_id = $1 and recorded_at > $2';
    expect((await owner.query(sql, [deal.bookId, ahead])).rowCount).toBe(2);
  });
});

describe('a hot account', () => {
  it('has the running balance of every posting right when many write at the same time', async () => {
    await split(saleOf(deal, 100n));
    await Promise.all(Array.from({ length: 24 }, () => split(saleOf(deal, 100n), saleOf(deal, 7n))));
    expect(await balance(brandReceivable('EUR'))).toBe(100n + 24n * 107n);
  });
});

describe('accounts never seen before', () => {
  it('are opened once when many ask at the same time', async () => {
    await Promise.all(Array.from({ length: 8 }, () => split(saleOf(deal, 100n))));
    expect(await balance(brandReceivable('EUR'))).toBe(800n);
    expect(await balance(payeePending(deal.influencerId, 'EUR'))).toBe(400n);
  });
});
