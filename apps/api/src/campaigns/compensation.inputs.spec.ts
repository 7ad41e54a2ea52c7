import { InvalidInput } from '@evenhand/kernel';
import { CurrencyMismatch } from '@evenhand/money';
import { BonusOfferInput, CommissionOfferInput, CompensationInput, fromCompensationInput } from './compensation.inputs';
import { toCompensation } from './compensation.types';

const money = (amount: string, currency = 'EUR') => ({ amount, currency });

function readBonus(given: Partial<BonusOfferInput>) {
  const bonus = Object.assign(new BonusOfferInput(), { name: 'first', amount: money('30.00') }, given);
  const commission = Object.assign(new CommissionOfferInput(), { currency: 'EUR', rate: '0.10', bonuses: [bonus] });
  return fromCompensationInput(Object.assign(new CompensationInput(), { commission }));
}

describe('a bonus in an offer', () => {
  it.each([
    [{ fromNetSales: money('1000.00') }, { metric: 'net_sales', threshold: 100_000n }],
    [{ fromSalesCount: 25 }, { metric: 'sales_count', threshold: 25n }],
  ])('is read from %j, and shown as it was given', (given, read) => {
    const compensation = readBonus(given);
    expect(compensation.commission?.bonuses).toEqual([
      { id: 'first', amountMinor: 3_000n, splitBy: 'note_commission', ...read },
    ]);
    const nothing = { fromNetSales: null, fromSalesCount: null };
    expect(toCompensation(compensation).commission?.bonuses).toEqual([
      { name: 'first', amount: money('30.00'), splitBy: 'note_commission', ...nothing, ...given },
    ]);
  });

  it('is for one figure, not for two or none', () => {
    expect(() => readBonus({})).toThrow(InvalidInput);
    expect(() => readBonus({ fromNetSales: money('1.00'), fromSalesCount: 1 })).toThrow(InvalidInput);
  });

  it('is in the currency of the commission', () => {
    expect(() => readBonus({ fromSalesCount: 1, amount: money('30', 'JPY') })).toThrow(CurrencyMismatch);
    expect(() => readBonus({ fromNetSales: money('30', 'JPY') })).toThrow(CurrencyMismatch);
  });
});
