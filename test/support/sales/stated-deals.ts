import { randomUUID } from 'node:crypto';
import type { CommissionOffer } from '@evenhand/campaigns';
import { DealDirectory, type DealSummary, normaliseCode, type TrackedCommissionDeal } from '@evenhand/deals';
import type { Transaction } from '@evenhand/kernel';
import { compileSplitPlan } from '@evenhand/ledger';

const PLATFORM_ID = randomUUID();
const AGENCY_ID = randomUUID();

/** Deals as a test states them. */
export class StatedDeals extends DealDirectory {
  private readonly byCode = new Map<string, TrackedCommissionDeal>();
  private readonly bySlug = new Map<string, TrackedCommissionDeal>();

  add(deal: TrackedCommissionDeal, code: string, slug?: string): TrackedCommissionDeal {
    this.byCode.set(`${deal.brandId} ${normaliseCode(code)}`, deal);
    if (slug) this.bySlug.set(slug, deal);
    return deal;
  }

  override async findByCodes(_tx: Transaction, brandId: string, codes: readonly string[]) {
    const found = codes.flatMap((code) => {
      const deal = this.byCode.get(`${brandId} ${normaliseCode(code)}`);
      return deal ? [[normaliseCode(code), deal] as const] : [];
    });
    return new Map(found);
  }

  override async findByLinkSlugs(_tx: Transaction, slugs: readonly string[]) {
    const found = slugs.flatMap((slug) => {
      const deal = this.bySlug.get(slug);
      return deal ? [[slug, deal] as const] : [];
    });
    return new Map(found);
  }

  override async findByIds(_tx: Transaction, dealIds: readonly string[]) {
    const deals = [...this.byCode.values()].filter((deal) => dealIds.includes(deal.dealId));
    return new Map(deals.map((deal) => [deal.dealId, deal]));
  }

  override async codeOf(_tx: Transaction, brandId: string, dealId: string, kind: string) {
    const found = [...this.byCode].find(([key, deal]) => {
      return key.startsWith(`${brandId} `) && deal.dealId === dealId && deal.kind === kind;
    });
    return found?.[0].slice(brandId.length + 1);
  }

  override async summariesOf(): Promise<ReadonlyMap<string, DealSummary>> {
    return new Map();
  }
}

const OFFER: CommissionOffer = {
  currency: 'EUR',
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

export type DealChange = Partial<Omit<TrackedCommissionDeal, 'commission'>> & {
  readonly commission?: Partial<CommissionOffer>;
};

/** A deal of 10 %, of which platform and agency take theirs and the influencer keeps 5 %; active from May 2026 on. */
export function statedDeal(brandId: string, change: DealChange = {}): TrackedCommissionDeal {
  const influencerId = change.influencerId ?? randomUUID();
  const plan = compileSplitPlan(influencerId, [
    { partyId: PLATFORM_ID, role: 'platform', of: 'gross', share: '1/6' },
    { partyId: AGENCY_ID, role: 'agency', of: 'gross', share: '1/3' },
  ]);
  return {
    dealId: randomUUID(),
    brandId,
    campaignId: randomUUID(),
    influencerId,
    state: 'active',
    currency: 'EUR',
    plans: { note_commission: plan, livestream_commission: plan },
    activeFrom: new Date('2026-05-01T00:00:00Z'),
    activeUntil: null,
    linkDestination: null,
    kind: 'note_commission',
    ...change,
    commission: { ...OFFER, ...change.commission },
  };
}
