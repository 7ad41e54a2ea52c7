import { compileSplitPlan, type Cut } from '@evenhand/ledger';
import { briefIn, mixIn } from '../../../../test/support/deal-samples';
import { escrowNeedOf, feesOnTopOf } from './escrow-need';
import { quoteSplits } from './split-quote';
import type { DealTerms } from './deal';

const SCOPE = { campaignId: 'campaign', influencerId: 'lin', dealNumber: 1 };

function termsWith(change: Partial<Cut>, livestream: Partial<Cut> = change): DealTerms {
  const plan = (given: Partial<Cut>) =>
    compileSplitPlan(
      'lin',
      [
        { partyId: 'house', role: 'platform', of: 'on_top', share: '0.10', ...given },
        { partyId: 'agency', role: 'agency', of: 'gross', share: '0.40' },
      ],
      'EUR',
    );
  return {
    compensation: mixIn('EUR'),
    brief: briefIn('EUR'),
    policyVersion: 1,
    mandates: [],
    autoApprovalDays: 7,
    cashHoldDays: 0,
    plans: { cash: plan(change), note_commission: plan(change), livestream_commission: plan(livestream) },
  };
}

describe('what the brand puts aside', () => {
  it('is what the offer states where the fee comes out of it', () => {
    const need = escrowNeedOf(termsWith({ of: 'gross' }));
    expect(need).toEqual({
      cash: { currency: 'EUR', amountMinor: 133_334n },
      commissionReserve: { currency: 'EUR', amountMinor: 20_000n },
    });
    expect(feesOnTopOf(need, mixIn('EUR')).size).toBe(0);
  });

  it('is the same and the fee on top: of cash as each deliverable is released, of commission at its rate', () => {
    // Two notes of 500.01 and 500.00, a livestream of 333.33; a tenth of each, half-even.
    const need = escrowNeedOf(termsWith({}));
    expect(need.cash?.amountMinor).toBe(133_334n + 5_000n + 5_000n + 3_333n);
    expect(need.commissionReserve?.amountMinor).toBe(22_000n);
    expect(feesOnTopOf(need, mixIn('EUR'))).toEqual(new Map([['EUR', 15_333n]]));
  });

  it('counts the bounds of the fee once for each deliverable', () => {
    const { cash, commissionReserve } = escrowNeedOf(termsWith({ minMinor: '4000', maxMinor: '4500' }));
    expect(cash?.amountMinor).toBe(133_334n + 4_500n + 4_500n + 4_000n);
    expect(commissionReserve?.amountMinor).toBe(22_000n);
  });

  it('is enough for the dearer of the two kinds of commission', () => {
    expect(escrowNeedOf(termsWith({}, { share: '0.25' })).commissionReserve?.amountMinor).toBe(25_000n);
    expect(escrowNeedOf(termsWith({ share: '0.25' }, {})).commissionReserve?.amountMinor).toBe(25_000n);
  });

  it('is exactly what the preview says the cash costs in all', () => {
    for (const change of [{}, { minMinor: '4000', maxMinor: '4500' }, { of: 'gross' }] as const) {
      const terms = termsWith(change);
      const [cash] = quoteSplits(terms, SCOPE, null);
      expect(cash?.grossMinor).toBe(escrowNeedOf(terms).cash?.amountMinor);
      expect(cash?.poolMinor).toBe(133_334n);
      expect(cash?.parts.reduce((sum, part) => sum + part.amountMinor, 0n)).toBe(cash?.grossMinor);
    }
  });

  it('leaves the others in a preview what they get without the fee on top', () => {
    const [cash, note] = quoteSplits(termsWith({}), SCOPE, null);
    expect(note?.parts.map(({ role, share, amountMinor }) => [role, share, amountMinor])).toEqual([
      ['platform', '1/11', 100n],
      ['agency', '4/11', 400n],
      ['influencer', '6/11', 600n],
    ]);
    expect(cash?.parts.map(({ role }) => role)).toEqual(['platform', 'agency', 'influencer']);
  });
});
