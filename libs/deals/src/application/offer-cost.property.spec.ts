import type { CommissionOffer } from '@evenhand/campaigns';
import { commissionOfSale, compileSplitPlan } from '@evenhand/ledger';
import * as fc from 'fast-check';
import { briefIn, cashIn, commissionIn, mixIn } from '../../../../test/support/deal-samples';
import { commissionCostOf, fixedCostOf, type PricedTerms } from './offer-cost';

const onTop = (share: string) =>
  compileSplitPlan('influencer', [{ partyId: 'platform', role: 'platform', of: 'on_top', share }], 'EUR');
const OUT_OF_IT = compileSplitPlan(
  'influencer',
  [{ partyId: 'platform', role: 'platform', of: 'gross', share: '1/5' }],
  'EUR',
);

function terms(changes: Partial<CommissionOffer>, plans: PricedTerms['plans'] = {}): PricedTerms {
  const compensation = { cash: null, gift: null, commission: commissionIn('EUR', changes) };
  return { compensation, brief: briefIn('EUR'), plans };
}

const sales = (noteMinor: bigint, livestreamMinor = 0n, salesCount: bigint | null = null) => ({
  noteMinor,
  livestreamMinor,
  salesCount,
});

const TIERED = { rate: '0.05', tiers: [{ fromNetSalesMinor: 100_00n, rate: '1/8' }], capMinor: 40_00n };

describe('what sales cost', () => {
  it('is what the ledger pays for them, in whichever parts they come', () => {
    const parts = fc.array(fc.bigInt({ min: 0n, max: 300_00n }), { maxLength: 12 });
    fc.assert(
      fc.property(parts, (bases) => {
        let [before, paid] = [0n, 0n];
        for (const baseMinor of bases) {
          paid += commissionOfSale(TIERED, {
            baseMinor,
            netSalesBeforeMinor: before,
            capLeftMinor: TIERED.capMinor - paid,
          });
          before += baseMinor;
        }
        expect(commissionCostOf(terms(TIERED), sales(before))?.commissionMinor).toBe(paid);
      }),
    );
  });

  it('never falls where more is sold', () => {
    const amount = fc.bigInt({ min: 0n, max: 10n ** 12n });
    const offer = terms(
      { ...TIERED, livestreamRate: '0.2' },
      { note_commission: onTop('1/7'), livestream_commission: onTop('1/7') },
    );
    fc.assert(
      fc.property(amount, amount, amount, amount, (note, live, moreNotes, moreLive) => {
        const total = (figures: ReturnType<typeof sales>) => {
          const cost = commissionCostOf(offer, figures);
          return (cost?.commissionMinor ?? 0n) + (cost?.feeMinor ?? 0n);
        };
        // Two parts of a fee are each rounded by at most half a unit.
        expect(total(sales(note + moreNotes, live + moreLive))).toBeGreaterThanOrEqual(total(sales(note, live)) - 1n);
      }),
    );
  });

  it.each([
    ['by the one rate', {}, sales(100_00n, 50_00n), 15_00n],
    ['by tiers, above each its rate', { ...TIERED, capMinor: null }, sales(200_00n), 17_50n],
    [
      'by the livestream’s own rate, without the tiers',
      { ...TIERED, livestreamRate: '0.2' },
      sales(200_00n, 10_00n),
      19_50n,
    ],
    ['up to one cap for both', { ...TIERED, livestreamRate: '0.2' }, sales(200_00n, 500_00n), 40_00n],
    ['half to even', { rate: '0.5' }, sales(1n), 0n],
  ])('%s', (_, changes, figures, commissionMinor) => {
    expect(commissionCostOf(terms(changes), figures)).toEqual({ commissionMinor, bonusMinor: 0n, feeMinor: 0n });
  });

  it('has the bonuses that are reached, and those by number only where the number is known', () => {
    const bonus = { amountMinor: 30_00n, splitBy: 'note_commission' } as const;
    const bonuses = [
      { ...bonus, id: 'net', metric: 'net_sales', threshold: 100_00n } as const,
      { ...bonus, id: 'count', metric: 'sales_count', threshold: 3n } as const,
    ];
    const bonusAt = (...figures: Parameters<typeof sales>) =>
      commissionCostOf(terms({ bonuses }), sales(...figures))?.bonusMinor;
    expect([bonusAt(99_99n), bonusAt(60_00n, 40_00n), bonusAt(0n, 0n, 3n)]).toEqual([0n, 30_00n, 30_00n]);
    expect([bonusAt(100_00n, 0n, 3n), bonusAt(0n, 0n, 2n)]).toEqual([60_00n, 0n]);
  });

  it('has the fee on top where there is one, and none where it is taken out', () => {
    const bonuses = [
      { id: 'b', metric: 'net_sales', threshold: 1n, amountMinor: 30_00n, splitBy: 'livestream_commission' } as const,
    ];
    const priced = (plan: typeof OUT_OF_IT) =>
      commissionCostOf(terms({ bonuses }, { note_commission: plan, livestream_commission: plan }), sales(100_00n));
    expect(priced(onTop('1/5'))).toEqual({ commissionMinor: 10_00n, bonusMinor: 30_00n, feeMinor: 8_00n });
    expect(priced(OUT_OF_IT)).toEqual({ commissionMinor: 10_00n, bonusMinor: 30_00n, feeMinor: 0n });
  });

  it('is nothing where no commission is paid', () => {
    expect(commissionCostOf({ ...terms({}), compensation: cashIn('EUR') }, sales(1n))).toBeNull();
  });
});

describe('what is paid whatever is sold', () => {
  it('is cash with the fee on top of each piece of work, and a gift in kind beside it', () => {
    const offer = { compensation: mixIn('EUR'), brief: briefIn('EUR'), plans: { cash: onTop('1/10') } };
    expect(fixedCostOf(offer)).toEqual({
      cash: { currency: 'EUR', agreedMinor: 133_334n, feeMinor: 5_000n + 5_000n + 3_333n },
      gift: { currency: 'EUR', fairMarketValueMinor: 39_000n },
    });
    expect(fixedCostOf(terms({}))).toEqual({ cash: null, gift: null });
  });
});
