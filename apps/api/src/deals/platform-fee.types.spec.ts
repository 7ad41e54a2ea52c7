import { InvalidInput } from '@evenhand/kernel';
import { CurrencyMismatch } from '@evenhand/money';
import { fromPlatformFeeInput, toPlatformFee } from './platform-fee.types';

const money = (amount: string, currency = 'EUR') => ({ amount, currency });

describe('a platform fee', () => {
  it('is read with its bounds in several currencies, and shown as it was given', () => {
    const bounds = [
      { minimum: money('1.00'), maximum: money('20.00') },
      { minimum: null, maximum: money('3000', 'JPY') },
    ];
    const fee = fromPlatformFeeInput({ share: '0.10', onTop: true, bounds });
    expect(fee).toEqual({
      share: '0.10',
      of: 'on_top',
      bounds: [
        { currency: 'EUR', minMinor: 100n, maxMinor: 2_000n },
        { currency: 'JPY', minMinor: null, maxMinor: 3_000n },
      ],
    });
    expect(toPlatformFee(fee)).toEqual({ share: '0.10', onTop: true, bounds });
  });

  it('comes out of what is agreed on unless told', () => {
    expect(fromPlatformFeeInput({ share: '0.10', onTop: false, bounds: [] }).of).toBe('gross');
  });

  it('has bounds of one currency each, and of something', () => {
    const read = (bounds: { minimum: ReturnType<typeof money> | null; maximum: ReturnType<typeof money> | null }) =>
      fromPlatformFeeInput({ share: '0.10', onTop: false, bounds: [bounds] });
    expect(() => read({ minimum: money('1'), maximum: money('1', 'JPY') })).toThrow(CurrencyMismatch);
    expect(() => read({ minimum: null, maximum: null })).toThrow(InvalidInput);
  });
});
