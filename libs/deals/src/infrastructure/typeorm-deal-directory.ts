import { compensationFromJson } from '@evenhand/campaigns';
import type { Transaction } from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import {
  type CommissionDeal,
  type CommissionKind,
  DealDirectory,
  type DealSummary,
  type TrackedCommissionDeal,
} from '../application/deal-directory';
import { daysAfter } from '../domain/days';
import { normaliseCode } from '../domain/tracking-code';
import type { DealRow } from './deal-row';

type CommissionRow = Pick<
  DealRow,
  | 'id'
  | 'brand_id'
  | 'campaign_id'
  | 'influencer_id'
  | 'state'
  | 'terms'
  | 'activated_at'
  | 'completed_at'
  | 'cancelled_at'
  | 'link_destination'
>;

type TrackedRow = CommissionRow & { readonly found_by: string; readonly kind: CommissionKind };

type SummaryRow = Pick<
  DealRow,
  'id' | 'campaign_id' | 'campaign_title' | 'brand_id' | 'influencer_id' | 'agency_id' | 'state'
>;

const DEAL_COLUMNS = `deal.id, deal.brand_id, deal.campaign_id, deal.influencer_id, deal.state, deal.terms,
  deal.activated_at, deal.completed_at, deal.cancelled_at, deal.link_destination`;
const TRACKED_COLUMNS = `code.kind, ${DEAL_COLUMNS}`;

@Injectable()
export class TypeormDealDirectory extends DealDirectory {
  override async findByCodes(
    tx: Transaction,
    brandId: string,
    codes: readonly string[],
  ): Promise<ReadonlyMap<string, TrackedCommissionDeal>> {
    const canonical = [...new Set(codes.map(normaliseCode))];
    const rows: TrackedRow[] = await managerOf(tx).query(
      `select code.code as found_by, ${TRACKED_COLUMNS}
       from deals.tracking_codes as code join deals.deals as deal on deal.id = code.deal_id
       where code.brand_id = $1 and code.code = any ($2)`,
      [brandId, canonical],
    );
    return trackedBy(rows);
  }

  override async findByLinkSlugs(
    tx: Transaction,
    slugs: readonly string[],
  ): Promise<ReadonlyMap<string, TrackedCommissionDeal>> {
    const rows: TrackedRow[] = await managerOf(tx).query(
      `select code.link_slug as found_by, ${TRACKED_COLUMNS}
       from deals.tracking_codes as code join deals.deals as deal on deal.id = code.deal_id
       where code.link_slug = any ($1)`,
      [[...new Set(slugs)]],
    );
    return trackedBy(rows);
  }

  override async findByIds(tx: Transaction, dealIds: readonly string[]): Promise<ReadonlyMap<string, CommissionDeal>> {
    const rows: CommissionRow[] = await managerOf(tx).query(
      `select ${DEAL_COLUMNS} from deals.deals as deal where deal.id = any ($1)`,
      [[...new Set(dealIds)]],
    );
    return new Map(
      rows.flatMap((row) => {
        const deal = toCommissionDeal(row);
        return deal ? [[row.id, deal] as const] : [];
      }),
    );
  }

  override async codeOf(
    tx: Transaction,
    brandId: string,
    dealId: string,
    kind: CommissionKind,
  ): Promise<string | undefined> {
    const [row] = await managerOf(tx).query<{ code: string }[]>(
      `select code from deals.tracking_codes where brand_id = $1 and deal_id = $2 and kind = $3
       order by created_at, code limit 1`,
      [brandId, dealId, kind],
    );
    return row?.code;
  }

  override async summariesOf(tx: Transaction, dealIds: readonly string[]): Promise<ReadonlyMap<string, DealSummary>> {
    const rows: SummaryRow[] = await managerOf(tx).query(
      `select id, campaign_id, campaign_title, brand_id, influencer_id, agency_id, state
       from deals.deals where id = any ($1)`,
      [[...new Set(dealIds)]],
    );
    return new Map(rows.map((row) => [row.id, toSummary(row)]));
  }
}

function trackedBy(rows: readonly TrackedRow[]): ReadonlyMap<string, TrackedCommissionDeal> {
  return new Map(
    rows.flatMap((row) => {
      const deal = toTracked(row);
      return deal ? [[row.found_by, deal] as const] : [];
    }),
  );
}

function toTracked(row: TrackedRow): TrackedCommissionDeal | null {
  const deal = toCommissionDeal(row);
  return deal && { ...deal, kind: row.kind };
}

function toCommissionDeal(row: CommissionRow): CommissionDeal | null {
  const { commission } = compensationFromJson(row.terms.compensation);
  const { note_commission, livestream_commission } = row.terms.plans;
  if (!commission || !note_commission || !livestream_commission) return null;
  const windowEnds = row.completed_at && daysAfter(row.completed_at, commission.attributionWindowDays);
  return {
    dealId: row.id,
    brandId: row.brand_id,
    campaignId: row.campaign_id,
    influencerId: row.influencer_id,
    state: row.state,
    currency: commission.currency,
    commission,
    plans: { note_commission, livestream_commission },
    activeFrom: row.activated_at,
    activeUntil: row.cancelled_at ?? windowEnds,
    linkDestination: row.link_destination,
  };
}

function toSummary(row: SummaryRow): DealSummary {
  return {
    id: row.id,
    campaignId: row.campaign_id,
    campaignTitle: row.campaign_title,
    brandId: row.brand_id,
    influencerId: row.influencer_id,
    agencyId: row.agency_id,
    state: row.state,
  };
}
