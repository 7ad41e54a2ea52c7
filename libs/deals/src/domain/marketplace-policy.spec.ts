import { InvalidInput } from '@evenhand/kernel';
import { InvalidRational, UnknownCurrency } from '@evenhand/money';
import { checkedPolicyTerms, type PolicyTerms } from './marketplace-policy';
import type { PlatformFee } from './platform-fee';

const fee = (share: string, given: Partial<PlatformFee> = {}): PlatformFee => ({
  share,
  of: 'gross',
  bounds: [],
  ...given,
});
const TERMS: PolicyTerms = {
  platformFees: { cash: fee('0.10'), note_commission: fee('1/5'), livestream_commission: fee('0') },
  autoApprovalDays: 7,
  defaultHoldDays: 0,
};

describe('the terms of a policy', () => {
  it('may take from nothing to everything', () => {
    expect(checkedPolicyTerms(TERMS)).toEqual(TERMS);
    const everything = { ...TERMS, platformFees: { ...TERMS.platformFees, cash: fee('1') } };
    expect(checkedPolicyTerms(everything)).toEqual(everything);
  });

  it.each(['1.01', '-0.1', '5/4'])('cannot take a share of %s', (cash) => {
    const terms = { ...TERMS, platformFees: { ...TERMS.platformFees, cash: fee(cash) } };
    expect(() => checkedPolicyTerms(terms)).toThrow(InvalidInput);
  });

  it.each(['', '10%', '1e-1', '0,1', '1/1000000000000000001'])('cannot read a share of %p', (cash) => {
    const terms = { ...TERMS, platformFees: { ...TERMS.platformFees, cash: fee(cash) } };
    expect(() => checkedPolicyTerms(terms)).toThrow(InvalidRational);
  });

  it.each([
    { autoApprovalDays: 0 },
    { autoApprovalDays: 61 },
    { autoApprovalDays: 1.5 },
    { defaultHoldDays: -1 },
    { defaultHoldDays: 181 },
  ])('refuses %p', (days) => {
    expect(() => checkedPolicyTerms({ ...TERMS, ...days })).toThrow(InvalidInput);
  });

  it('may bound a fee per currency, and have the brand pay it on top', () => {
    const bounds = [
      { currency: 'EUR', minMinor: 100n, maxMinor: 100n },
      { currency: 'JPY', minMinor: null, maxMinor: 5000n },
    ];
    const terms = { ...TERMS, platformFees: { ...TERMS.platformFees, cash: fee('0.1', { of: 'on_top', bounds }) } };
    expect(checkedPolicyTerms(terms)).toEqual(terms);
  });

  it.each<[string, PlatformFee, new (...args: never[]) => Error]>([
    ['no bound at all', fee('0.1', { bounds: [{ currency: 'EUR', minMinor: null, maxMinor: null }] }), InvalidInput],
    ['a bound of zero', fee('0.1', { bounds: [{ currency: 'EUR', minMinor: 0n, maxMinor: null }] }), InvalidInput],
    ['a least above the most', fee('0.1', { bounds: [{ currency: 'EUR', minMinor: 2n, maxMinor: 1n }] }), InvalidInput],
    ['bounds of nothing', fee('0', { bounds: [{ currency: 'EUR', minMinor: 2n, maxMinor: null }] }), InvalidInput],
    [
      'a bound beyond any amount',
      fee('1', { bounds: [{ currency: 'EUR', minMinor: null, maxMinor: 2n ** 63n }] }),
      InvalidInput,
    ],
    [
      'one currency twice',
      fee('0.1', { bounds: [1n, 2n].map((minMinor) => ({ currency: 'EUR', minMinor, maxMinor: null })) }),
      InvalidInput,
    ],
    ['no currency', fee('0.1', { bounds: [{ currency: 'EUX', minMinor: 2n, maxMinor: null }] }), UnknownCurrency],
  ])('refuses a fee with %s', (_what, cash, error) => {
    expect(() => checkedPolicyTerms({ ...TERMS, platformFees: { ...TERMS.platformFees, cash } })).toThrow(error);
  });
});
