import type { CommissionTerms, TrackedDeal } from '../../../libs/sales/src/domain/commission-terms';
import type { SaleEvent } from '@evenhand/sales';

const TERMS: CommissionTerms = {
  rate: '0.10',
  livestreamRate: null,
  tiers: [],
  capMinor: null,
  base: 'net_of_discounts_tax_shipping',
  attributionWindowDays: 30,
  attributionModel: 'last_click',
  holdDays: 14,
  bonuses: [],
};

/** A deal of 10 % in EUR, active from May 2026 on, unless the test says otherwise. */
export function trackedDeal(
  change: Partial<Omit<TrackedDeal, 'commission'>> & { readonly commission?: Partial<CommissionTerms> } = {},
): TrackedDeal {
  return {
    dealId: 'deal',
    brandId: 'brand',
    campaignId: 'campaign',
    influencerId: 'influencer',
    currency: 'EUR',
    kind: 'note_commission',
    activeFrom: new Date('2026-05-01T00:00:00Z'),
    activeUntil: null,
    ...change,
    commission: { ...TERMS, ...change.commission },
  };
}

export function saleEvent(change: Partial<SaleEvent> = {}): SaleEvent {
  const lines = [{ quantity: 1, unitPriceMinor: 100_00n }];
  return {
    source: 'shop',
    externalId: '1001',
    orderNumber: '#1001',
    currency: 'EUR',
    occurredAt: new Date('2026-05-10T12:00:00Z'),
    ...(change.baseMinor === undefined ? { lines } : {}),
    ...change,
  };
}
