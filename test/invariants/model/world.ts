import { type CommissionTerms, compileSplitPlan, type Cut } from '@evenhand/ledger';
import type { Client } from 'pg';
import { dealInTest, PLATFORM } from '../deal-in-test';
import type { LedgerUnderTest } from '../ledger-under-test';
import type { DealWithTerms } from './history';
import { idOf } from './history';
import { LedgerModel, RATE_DATE, RATES } from './ledger-model';

export const INFLUENCER = idOf('influencer');
export const AGENCY = idOf('agency');
const SECOND_AGENCY = idOf('second agency');

const platform = (share: string): Cut => ({ partyId: PLATFORM, role: 'platform', of: 'gross', share });
const agency = (partyId: string, share: string): Cut => ({ partyId, role: 'agency', of: 'remainder', share });

/**
 * Plain; stacked agencies of odd parts, with tiers; cuts with bounds and a cap, in a currency without decimals; a fee on
 * top of what is all the agency's.
 */
const DEALS: readonly { readonly currency: string; readonly cuts: readonly Cut[]; readonly terms: CommissionTerms }[] =
  [
    {
      currency: 'EUR',
      cuts: [platform('0.10'), { ...agency(AGENCY, '0.40'), of: 'gross' }],
      terms: { rate: '0.10', tiers: [], capMinor: null },
    },
    {
      currency: 'EUR',
      cuts: [platform('1/7'), agency(AGENCY, '2/3'), agency(SECOND_AGENCY, '0.125')],
      terms: {
        rate: '0.075',
        tiers: [
          { fromNetSalesMinor: 700n, rate: '1/6' },
          { fromNetSalesMinor: 1500n, rate: '0.31' },
        ],
        capMinor: null,
      },
    },
    {
      currency: 'JPY',
      cuts: [
        { ...platform('0.03'), minMinor: '2' },
        { ...agency(AGENCY, '1/3'), minMinor: '5', maxMinor: '20' },
      ],
      terms: { rate: '0.20', tiers: [{ fromNetSalesMinor: 1000n, rate: '0.25' }], capMinor: 400n },
    },
    {
      currency: 'CNY',
      cuts: [{ ...platform('0.10'), of: 'on_top', maxMinor: '9' }, agency(AGENCY, '1')],
      terms: { rate: '1/3', tiers: [], capMinor: null },
    },
  ];

export interface World {
  readonly model: LedgerModel;
  readonly deals: readonly DealWithTerms[];
}

/** Two brands, one with three deals in two currencies; one influencer and her agencies earn from both. */
export async function newWorld(ledger: LedgerUnderTest): Promise<World> {
  const model = new LedgerModel();
  const deals: DealWithTerms[] = [];
  for (const [place, { currency, cuts, terms }] of DEALS.entries()) {
    const brand = place > 0 && place < 3 ? { brandId: deals[0]?.brandId ?? '' } : {};
    const plan = compileSplitPlan(INFLUENCER, cuts, currency);
    const parties = { influencerId: INFLUENCER, agencyId: AGENCY };
    const deal = await dealInTest(ledger, { ...brand, ...parties, currency, plan });
    model.openBook(deal.brandId, deal.bookId);
    deals.push({ ...deal, terms });
  }
  return { model, deals };
}

export async function publishRates(ledger: LedgerUnderTest): Promise<void> {
  const rows = Object.entries(RATES)
    .filter(([currency]) => currency !== 'EUR')
    .map(([currency, { perEuro }]) => ({ date: RATE_DATE, currency, perEuro }));
  await ledger.run((tx) => ledger.fxRates.add(tx, 'test', rows));
}

/** What an earlier history left open would be released, or fail, in the middle of this one. */
export async function tidyUp(ledger: LedgerUnderTest, owner: Client): Promise<void> {
  await owner.query('update ledger.freezes set lifted_at = frozen_at where lifted_at is null');
  await owner.query('update ledger.earning_freezes set lifted_at = frozen_at where lifted_at is null');
  await owner.query('update ledger.holds set freezes = 0 where freezes > 0');
  await ledger.releaseDueHolds.execute({ now: new Date('2027-06-01T00:00:00Z'), limit: 1_000_000 });
}
