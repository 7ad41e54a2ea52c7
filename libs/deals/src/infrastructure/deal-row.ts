import { briefFromJson, briefToJson, compensationFromJson, compensationToJson } from '@evenhand/campaigns';
import type { CompensationKind } from '@evenhand/kernel';
import type { SplitPlan } from '@evenhand/ledger';
import type { Deal, DealTerms, PinnedMandate } from '../application/deal';
import type { DealState } from '../domain/deal';

/** `terms` of a deal as jsonb: money as decimal strings of minor units, instants as ISO strings. */
export interface StoredTerms {
  readonly compensation: unknown;
  readonly brief: unknown;
  readonly policyVersion: number;
  readonly mandates: readonly PinnedMandate[];
  readonly autoApprovalDays: number;
  readonly cashHoldDays: number;
  readonly plans: Readonly<Partial<Record<CompensationKind, SplitPlan>>>;
}

/** A row of deals.deals. */
export interface DealRow {
  readonly id: string;
  readonly bid_id: string;
  readonly offer_number: number;
  readonly campaign_id: string;
  readonly campaign_title: string;
  readonly brand_id: string;
  readonly influencer_id: string;
  readonly agency_id: string | null;
  readonly number: number;
  readonly state: DealState;
  readonly terms: StoredTerms;
  readonly cash_currency: string | null;
  readonly cash_minor: string | null;
  readonly commission_currency: string | null;
  readonly commission_reserve_minor: string | null;
  readonly accepted_at: Date;
  readonly accepted_by: string | null;
  readonly funding_key: string | null;
  readonly funded_at: Date | null;
  readonly activated_at: Date | null;
  readonly completed_at: Date | null;
  readonly cancelled_at: Date | null;
  readonly link_destination: string | null;
}

export const DEAL_COLUMNS = `deal.id, deal.bid_id, deal.offer_number, deal.campaign_id, deal.campaign_title, deal.brand_id,
  deal.influencer_id, deal.agency_id, deal.number, deal.state, deal.terms, deal.cash_currency, deal.cash_minor,
  deal.commission_currency, deal.commission_reserve_minor, deal.accepted_at, deal.accepted_by, deal.funding_key,
  deal.funded_at, deal.activated_at, deal.completed_at, deal.cancelled_at,
  deal.link_destination`;

export function termsToJson(terms: DealTerms): StoredTerms {
  return { ...terms, compensation: compensationToJson(terms.compensation), brief: briefToJson(terms.brief) };
}

export function termsFromJson(stored: StoredTerms): DealTerms {
  return { ...stored, compensation: compensationFromJson(stored.compensation), brief: briefFromJson(stored.brief) };
}

/** The deal with what belongs to it. */
export function toDeal(row: DealRow, parts: Pick<Deal, 'deliverables' | 'gift' | 'codes'>): Deal {
  return {
    id: row.id,
    bidId: row.bid_id,
    offerNumber: row.offer_number,
    campaignId: row.campaign_id,
    campaignTitle: row.campaign_title,
    brandId: row.brand_id,
    influencerId: row.influencer_id,
    agencyId: row.agency_id,
    number: row.number,
    state: row.state,
    terms: termsFromJson(row.terms),
    need: {
      cash: amountOf(row.cash_currency, row.cash_minor),
      commissionReserve: amountOf(row.commission_currency, row.commission_reserve_minor),
    },
    acceptedAt: row.accepted_at,
    acceptedBy: row.accepted_by,
    fundingKey: row.funding_key,
    fundedAt: row.funded_at,
    activatedAt: row.activated_at,
    completedAt: row.completed_at,
    cancelledAt: row.cancelled_at,
    linkDestination: row.link_destination,
    ...parts,
  };
}

function amountOf(currency: string | null, minor: string | null) {
  return currency === null || minor === null ? null : { currency, amountMinor: BigInt(minor) };
}
