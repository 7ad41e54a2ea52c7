import { managerOf } from '@evenhand/platform';
import { uuidv7 } from 'uuidv7';
import { dealInTest, type DealInTest, fund } from '../../../../test/invariants/deal-in-test';
import { FINANCE, type LedgerUnderTest, ledgerUnderTest, person } from '../../../../test/invariants/ledger-under-test';
import { type Account, brandBalance, clientCash, fxPosition } from '../domain/account';
import {
  InsufficientBrandBalance,
  InsufficientClientCash,
  InvalidPosting,
  RateNotPublished,
  RatesNotLoaded,
} from '../domain/errors';
import { checkInvariants } from './check-invariants';

let ledger: LedgerUnderTest;
let deal: DealInTest;
let imported: number;
beforeAll(async () => {
  ledger = await ledgerUnderTest();
  ({ imported } = await ledger.importFxRates.execute());
}, 60_000);
afterAll(() => ledger.close());
beforeEach(async () => {
  deal = await dealInTest(ledger);
  await fund(ledger, deal, 10_000n, null);
});

const rate = (from: string, to: string, date: string, days?: number) =>
  ledger.run((tx) => ledger.fxRates.rateOn(tx, from, to, date, days), person());
const balance = (account: Account): Promise<bigint> =>
  ledger.run((tx) => ledger.queries.balanceOf(tx, deal.bookId, account));

describe('the history of the European Central Bank', () => {
  it('is loaded whole, and adds nothing when loaded again', async () => {
    expect(imported).toBeGreaterThan(200_000);
    expect(await ledger.importFxRates.execute()).toEqual({ imported: 0 });
  });

  it('gives the published rate, its inverse, and crosses through the euro, exactly', async () => {
    const published = { date: '2026-04-13', source: 'ECB' };
    expect(await rate('EUR', 'USD', '2026-04-13')).toEqual({ rate: '2921/2500', ...published });
    expect(await rate('JPY', 'EUR', '2026-04-13')).toEqual({ rate: '4/747', ...published });
    expect(await rate('USD', 'JPY', '2026-04-13')).toEqual({ rate: '466875/2921', ...published });
  });

  it('gives the last rate published before a weekend', async () => {
    expect(await rate('EUR', 'JPY', '2026-04-12')).toMatchObject({ date: '2026-04-10' });
  });

  it('has no rate that was never published, is too old, or is yet to come', async () => {
    await expect(rate('EUR', 'XAF', '2026-04-13')).rejects.toThrow(RateNotPublished);
    await expect(rate('RUB', 'JPY', '2026-04-13')).rejects.toThrow(RateNotPublished);
    await expect(rate('EUR', 'JPY', '2026-04-12', 1)).rejects.toThrow(RatesNotLoaded);
    await expect(rate('EUR', 'JPY', '1998-12-31')).rejects.toThrow(RatesNotLoaded);
    await expect(rate('EUR', 'JPY', '2026-06-01')).rejects.toThrow(RatesNotLoaded);
  });

  it('gives many at once, each with its own answer, in their order', async () => {
    const wanted = [
      { from: 'EUR', to: 'JPY', date: '2026-04-12' },
      { from: 'XAF', to: 'EUR', date: '2026-04-13' },
      { from: 'USD', to: 'EUR', date: '2026-04-13' },
      { from: 'USD', to: 'EUR', date: '2026-06-01' },
    ];
    const found = await ledger.run((tx) => ledger.fxRates.ratesOn(tx, wanted), person());
    expect(found).toEqual([
      { rate: '18643/100', date: '2026-04-10', source: 'ECB' },
      expect.any(RateNotPublished),
      { rate: '2500/2921', date: '2026-04-13', source: 'ECB' },
      expect.any(RatesNotLoaded),
    ]);
  });

  it('names both sources of a cross rate that has two', async () => {
    const dinar = [{ date: '2026-04-13', currency: 'KWD', perEuro: '0.36' }];
    await ledger.run((tx) => ledger.fxRates.add(tx, 'CBK', dinar));
    expect(await rate('KWD', 'USD', '2026-04-13')).toEqual({
      rate: '2921/900',
      date: '2026-04-13',
      source: 'CBK, ECB',
    });
  });
});

describe('converting a balance', () => {
  const command = { actor: FINANCE, kind: 'brand_balance', fromCurrency: 'EUR', toCurrency: 'JPY' } as const;
  const convert = (amountMinor: bigint, given: object = {}) =>
    ledger.convertBalance.execute({
      ...command,
      brandId: deal.brandId,
      amountMinor,
      date: '2026-04-13',
      idempotencyKey: uuidv7(),
      ...given,
    });

  it('moves both amounts through the position of each currency and stores the rate', async () => {
    const { transactionId } = await convert(10_000n);
    expect(await balance(brandBalance('EUR'))).toBe(0n);
    expect(await balance(brandBalance('JPY'))).toBe(18_675n);
    expect(await balance(fxPosition('EUR'))).toBe(10_000n);
    expect(await balance(fxPosition('JPY'))).toBe(-18_675n);
    const sql = 'select from_minor, to_minor, rate, rate_source from ledger.conversions where transaction_id = $1';
    const stored = await ledger.run((tx) => managerOf(tx).query<object[]>(sql, [`${transactionId}`]));
    expect(stored).toEqual([{ from_minor: '10000', to_minor: '18675', rate: '747/4', rate_source: 'ECB' }]);
    expect(await ledger.run((tx) => checkInvariants(managerOf(tx)))).toEqual([]);
  });

  it('moves cash too, so that payees can be paid in the other currency', async () => {
    await convert(4_000n, { kind: 'client_cash' });
    expect(await balance(clientCash('EUR'))).toBe(6_000n);
    expect(await balance(clientCash('JPY'))).toBe(7_470n);
    await expect(convert(6_001n, { kind: 'client_cash' })).rejects.toThrow(InsufficientClientCash);
  });

  it('is refused beyond the balance, without a rate, and where nothing would be left', async () => {
    await expect(convert(10_001n)).rejects.toThrow(InsufficientBrandBalance);
    await expect(convert(1n, { toCurrency: 'BHD' })).rejects.toThrow(RateNotPublished);
    await fund(ledger, { ...deal, currency: 'IDR' }, 100n, null);
    await expect(convert(1n, { fromCurrency: 'IDR', toCurrency: 'EUR' })).rejects.toThrow(InvalidPosting);
  });

  it('is for finance alone', async () => {
    await expect(convert(1n, { actor: person({ staffRoles: ['operator'] }) })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  });
});

describe('the balance at a past instant', () => {
  it('is what the postings recorded until then left', async () => {
    const at = (instant: Date) =>
      ledger.run((tx) => ledger.queries.balanceAt(tx, deal.bookId, brandBalance('EUR'), instant));
    const [row] = await ledger.run((tx) =>
      managerOf(tx).query<{ at: Date }[]>("select max(recorded_at) + interval '1 ms' as at from ledger.postings"),
    );
    const between = row?.at ?? new Date(0);
    await new Promise((resolve) => setTimeout(resolve, 5));
    await fund(ledger, deal, 5n, null);
    expect(await at(new Date(Date.now() + 60_000))).toBe(10_005n);
    expect(await at(between)).toBe(10_000n);
    expect(await at(new Date('2000-01-01T00:00:00Z'))).toBe(0n);
  });
});
