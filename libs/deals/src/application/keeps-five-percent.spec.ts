import type { CommissionOffer } from '@evenhand/campaigns';
import { CutsExceedWhole, compileSplitPlan } from '@evenhand/ledger';
import { moneyOf } from '@evenhand/money';
import { cutChain } from '../domain/cut-chain';
import type { DealTerms } from './deal';
import { quoteSplits, type SplitQuote } from './split-quote';

const PLATFORM = '00000000-0000-7000-8000-000000000001';
const AGENCY = '01900000-0000-7000-8000-00000000000a';
const INFLUENCER = '01900000-0000-7000-8000-00000000000b';
const fee = (share: string) => ({ share, of: 'gross', bounds: [] }) as const;
const FEES = { cash: fee('0.10'), note_commission: fee('0.20'), livestream_commission: fee('0.20') };
const SCOPE = { campaignId: 'campaign', influencerId: INFLUENCER, dealNumber: 1 };

/** Of 10 % of a sale the platform takes a fifth (2 %) and the agency three eighths of the rest (3 %): 5 % are left. */
const THREE_EIGHTHS = { of: 'remainder', share: '3/8' } as const;

function agencyTaking(cut: { readonly of: 'gross' | 'remainder'; readonly share: string }) {
  return [{ agencyId: AGENCY, cuts: { cash: cut, note_commission: cut, livestream_commission: cut } }];
}

function termsIn(currency: string, agencies: ReturnType<typeof agencyTaking>): DealTerms {
  const commission: CommissionOffer = {
    currency,
    rate: '0.10',
    livestreamRate: null,
    tiers: [],
    capMinor: null,
    reserveMinor: 0n,
    attributionWindowDays: 30,
    attributionModel: 'last_click',
    base: 'net_of_discounts_tax_shipping',
    holdDays: 14,
    bonuses: [],
  };
  const planOf = (kind: 'note_commission' | 'livestream_commission') =>
    compileSplitPlan(INFLUENCER, cutChain(kind, FEES, PLATFORM, agencies, currency));
  return {
    compensation: { cash: null, gift: null, commission },
    brief: { deliverables: [] as DealTerms['brief']['deliverables'] } as DealTerms['brief'],
    policyVersion: 1,
    mandates: [],
    autoApprovalDays: 7,
    cashHoldDays: 0,
    plans: { note_commission: planOf('note_commission'), livestream_commission: planOf('livestream_commission') },
  };
}

function noteQuote(currency: string, salesMinor: bigint, agencies = agencyTaking(THREE_EIGHTHS)): SplitQuote {
  const [note] = quoteSplits(termsIn(currency, agencies), SCOPE, moneyOf(salesMinor, currency));
  if (!note) throw new Error('A commission has a note plan.');
  return note;
}

const amounts = ({ parts }: SplitQuote) =>
  Object.fromEntries(parts.map(({ role, amountMinor }) => [role, amountMinor] as const));

describe('a brand offers 10 % on a sale; platform and agency take theirs; the influencer keeps 5 %', () => {
  it.each([
    ['CNY 1,000.00', 'CNY', 100_000n, { platform: 2_000n, agency: 3_000n, influencer: 5_000n }],
    ['EUR 250.00', 'EUR', 25_000n, { platform: 500n, agency: 750n, influencer: 1_250n }],
    ['JPY 48,000', 'JPY', 48_000n, { platform: 960n, agency: 1_440n, influencer: 2_400n }],
  ])('of %s exactly', (_label, currency, salesMinor, expected) => {
    expect(amounts(noteQuote(currency, salesMinor))).toEqual(expected);
  });

  // Pools of 1,234.57, 19.99 and 777: exact parts have fractions, so single units go by largest remainder.
  it.each([
    ['CNY 12,345.67', 'CNY', 1_234_567n, 123_457n, { platform: 24_691n, agency: 37_037n, influencer: 61_729n }],
    ['EUR 199.90', 'EUR', 19_990n, 1_999n, { platform: 400n, agency: 600n, influencer: 999n }],
    ['JPY 7,770', 'JPY', 7_770n, 777n, { platform: 155n, agency: 233n, influencer: 389n }],
  ])('of %s, which does not divide evenly', (_label, currency, salesMinor, poolMinor, expected) => {
    const quote = noteQuote(currency, salesMinor);
    expect(quote.grossMinor).toBe(poolMinor);
    const { platform = 0n, agency = 0n, influencer = 0n } = amounts(quote);
    expect(platform + agency + influencer).toBe(poolMinor);
    for (const [got, exact20ths] of [
      [platform, 4n],
      [agency, 6n],
      [influencer, 10n],
    ] as const) {
      const difference = got * 20n - poolMinor * exact20ths;
      expect(difference > -20n && difference < 20n).toBe(true);
    }
    expect({ platform, agency, influencer }).toEqual(expected);
  });

  it('is 50 % of every commission, as an exact share', () => {
    const shares = noteQuote('EUR', 10_000n).parts.map(({ role, share }) => [role, share]);
    expect(shares).toEqual([
      ['platform', '1/5'],
      ['agency', '3/10'],
      ['influencer', '1/2'],
    ]);
  });

  it.each(['CNY', 'EUR', 'JPY'])(
    'in %s, an agency that takes 100 % of what is left leaves her exactly zero',
    (currency) => {
      const quote = noteQuote(currency, 1_234_567n, agencyTaking({ of: 'remainder', share: '1' }));
      expect(amounts(quote)).toMatchObject({ influencer: 0n });
      expect(quote.parts.reduce((sum, part) => sum + part.amountMinor, 0n)).toBe(quote.grossMinor);
    },
  );

  it('refuses cuts of more than the whole', () => {
    expect(() => termsIn('EUR', agencyTaking({ of: 'gross', share: '0.81' }))).toThrow(CutsExceedWhole);
  });
});
