import { InvalidInput } from '@evenhand/kernel';
import { InvalidRational } from '@evenhand/money';
import { checkedPolicyTerms, type PolicyTerms } from './marketplace-policy';

const TERMS: PolicyTerms = {
  platformFees: { cash: '0.10', note_commission: '1/5', livestream_commission: '0' },
  autoApprovalDays: 7,
  defaultHoldDays: 0,
};

describe('the terms of a policy', () => {
  it('may take from nothing to everything', () => {
    expect(checkedPolicyTerms(TERMS)).toEqual(TERMS);
    const everything = { ...TERMS, platformFees: { ...TERMS.platformFees, cash: '1' } };
    expect(checkedPolicyTerms(everything)).toEqual(everything);
  });

  it.each(['1.01', '-0.1', '5/4'])('cannot take a share of %s', (cash) => {
    const terms = { ...TERMS, platformFees: { ...TERMS.platformFees, cash } };
    expect(() => checkedPolicyTerms(terms)).toThrow(InvalidInput);
  });

  it.each(['', '10%', '1e-1', '0,1', '1/1000000000000000001'])('cannot read a share of %p', (cash) => {
    const terms = { ...TERMS, platformFees: { ...TERMS.platformFees, cash } };
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
});
