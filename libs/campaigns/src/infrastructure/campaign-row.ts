import type { Campaign, CampaignState } from '../domain/campaign';
import { briefFromJson } from '../domain/stored-json';

/** A row of campaigns.campaigns without its searchable columns. */
export interface CampaignRow {
  readonly id: string;
  readonly brand_id: string;
  readonly state: CampaignState;
  readonly brief: unknown;
  readonly created_at: Date;
  readonly published_at: Date | null;
  readonly ended_at: Date | null;
}

export const CAMPAIGN_COLUMNS = `campaign.id, campaign.brand_id, campaign.state, campaign.brief, campaign.created_at,
  campaign.published_at, campaign.ended_at`;

export function toCampaign(row: CampaignRow): Campaign {
  return {
    id: row.id,
    brandId: row.brand_id,
    state: row.state,
    brief: briefFromJson(row.brief),
    createdAt: row.created_at,
    publishedAt: row.published_at,
    endedAt: row.ended_at,
  };
}
