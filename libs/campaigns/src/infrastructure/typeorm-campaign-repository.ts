import { Injectable } from '@nestjs/common';
import { countedFor, type Page, type PageRequest, type Transaction, pageOf } from '@evenhand/kernel';
import { managerOf, queryPrepared } from '@evenhand/platform';
import type { CampaignSummary } from '../application/bid-offers';
import {
  type CampaignFilter,
  type CampaignRanking,
  CampaignRepository,
  type FoundCampaign,
} from '../application/repositories';
import type { CampaignLimits } from '../domain/brief';
import type { Campaign, CampaignUse } from '../domain/campaign';
import type { SearchDocument } from '../domain/search-text';
import { briefToJson } from '../domain/stored-json';
import { listCampaigns, rankCampaigns } from './campaign-pages';
import { CAMPAIGN_COLUMNS, type CampaignRow, toCampaign } from './campaign-row';
import { campaignConditions } from './campaign-search-sql';
import { Parameters } from './parameters';

interface UseRow {
  readonly campaign_id: string;
  readonly deal_cap: number | null;
  readonly deal_count: number;
  readonly budgets: readonly { readonly currency: string; readonly budget: string; readonly committed: string }[];
}

const USE_SQL = `
  select limits.campaign_id, limits.deal_cap, limits.deal_count, coalesce(budgets.list, '[]') as budgets
  from campaigns.campaign_limits as limits
  left join lateral (
    select jsonb_agg(jsonb_build_object('currency', currency, 'budget', budget_minor::text,
      'committed', committed_minor::text) order by currency) as list
    from campaigns.campaign_budgets as budget where budget.campaign_id = limits.campaign_id
  ) as budgets on true
  where limits.campaign_id = any ($1)`;

@Injectable()
export class TypeormCampaignRepository extends CampaignRepository {
  override async insert(
    tx: Transaction,
    campaign: Campaign,
    limits: CampaignLimits,
    document: SearchDocument,
  ): Promise<void> {
    await managerOf(tx).query(
      `insert into campaigns.campaigns (id, brand_id, state, brief, bid_deadline, search_text, search_lexemes, created_at,
         published_at, ended_at)
       values ($1, $2, $3, $4, $5, $6, array_to_tsvector($7::text[]), $8, $9, $10)`,
      [
        campaign.id,
        campaign.brandId,
        campaign.state,
        JSON.stringify(briefToJson(campaign.brief)),
        campaign.brief.bidDeadline,
        document.text,
        document.lexemes,
        campaign.createdAt,
        campaign.publishedAt,
        campaign.endedAt,
      ],
    );
    await managerOf(tx).query(
      'insert into campaigns.campaign_limits (campaign_id, brand_id, deal_cap) values ($1, $2, $3)',
      [campaign.id, campaign.brandId, limits.dealCap],
    );
    await this.insertBudgets(tx, campaign, limits);
  }

  override async saveBrief(
    tx: Transaction,
    campaign: Campaign,
    limits: CampaignLimits,
    document: SearchDocument,
  ): Promise<void> {
    await managerOf(tx).query(
      `update campaigns.campaigns
       set brief = $2, bid_deadline = $3, search_text = $4, search_lexemes = array_to_tsvector($5::text[]) where id = $1`,
      [
        campaign.id,
        JSON.stringify(briefToJson(campaign.brief)),
        campaign.brief.bidDeadline,
        document.text,
        document.lexemes,
      ],
    );
    await managerOf(tx).query('update campaigns.campaign_limits set deal_cap = $2 where campaign_id = $1', [
      campaign.id,
      limits.dealCap,
    ]);
    await managerOf(tx).query('delete from campaigns.campaign_budgets where campaign_id = $1', [campaign.id]);
    await this.insertBudgets(tx, campaign, limits);
  }

  private async insertBudgets(tx: Transaction, campaign: Campaign, { budgets }: CampaignLimits): Promise<void> {
    await managerOf(tx).query(
      `insert into campaigns.campaign_budgets (campaign_id, brand_id, currency, budget_minor)
       select $1, $2, currency, budget_minor from unnest($3::text[], $4::bigint[]) as budget (currency, budget_minor)`,
      [
        campaign.id,
        campaign.brandId,
        budgets.map((budget) => budget.currency),
        budgets.map((budget) => budget.amountMinor.toString()),
      ],
    );
  }

  override async saveState(tx: Transaction, campaign: Campaign): Promise<void> {
    await managerOf(tx).query(
      'update campaigns.campaigns set state = $2, published_at = $3, ended_at = $4 where id = $1',
      [campaign.id, campaign.state, campaign.publishedAt, campaign.endedAt],
    );
  }

  override async find(tx: Transaction, campaignId: string): Promise<Campaign | null> {
    return (await this.findMany(tx, [campaignId])).get(campaignId) ?? null;
  }

  override async findMany(tx: Transaction, campaignIds: readonly string[]): Promise<ReadonlyMap<string, Campaign>> {
    const sql = `select ${CAMPAIGN_COLUMNS} from campaigns.campaigns as campaign where campaign.id = any ($1)`;
    const rows = (await queryPrepared(tx, 'campaigns.find_many', sql, [campaignIds])) as readonly CampaignRow[];
    return new Map(rows.map((row) => [row.id, toCampaign(row)]));
  }

  override async summariesOf(
    tx: Transaction,
    campaignIds: readonly string[],
  ): Promise<ReadonlyMap<string, CampaignSummary>> {
    const sql = 'select id, title, brand_id as "brandId" from campaigns.campaigns where id = any ($1)';
    const rows = await queryPrepared(tx, 'campaigns.summaries_of', sql, [campaignIds]);
    return new Map((rows as readonly CampaignSummary[]).map((row) => [row.id, row]));
  }

  override async lock(
    tx: Transaction,
    campaignId: string,
    purpose: 'to_change' | 'to_rely_on',
  ): Promise<Campaign | null> {
    const strength = purpose === 'to_change' ? 'for no key update' : 'for share';
    const sql = `select ${CAMPAIGN_COLUMNS} from campaigns.campaigns as campaign where campaign.id = $1 ${strength}`;
    const rows = (await queryPrepared(tx, `campaigns.lock ${purpose}`, sql, [campaignId])) as readonly CampaignRow[];
    return rows[0] ? toCampaign(rows[0]) : null;
  }

  override async search(
    tx: Transaction,
    filter: CampaignFilter,
    ranking: CampaignRanking,
    page: PageRequest,
  ): Promise<Page<FoundCampaign>> {
    const parameters = new Parameters();
    const conditions = campaignConditions(filter, parameters);
    if (conditions === null) return pageOf<FoundCampaign>([], page, 0, () => []);
    const where = ['true', ...conditions].join(' and ');
    const totalCount = await countedFor(page, () => this.count(tx, where, [...parameters.values]));
    const search = { where, parameters, page, totalCount };
    return typeof ranking === 'string'
      ? listCampaigns(managerOf(tx), search, ranking)
      : rankCampaigns(managerOf(tx), search, ranking);
  }

  private async count(tx: Transaction, where: string, values: readonly unknown[]): Promise<number> {
    const [counted]: { count: number }[] = await managerOf(tx).query(
      `select count(*)::int as count from campaigns.campaigns as campaign where ${where}`,
      [...values],
    );
    return counted?.count ?? 0;
  }

  override async matching(tx: Transaction, filter: CampaignFilter, ids: readonly string[]): Promise<readonly string[]> {
    const parameters = new Parameters();
    const conditions = campaignConditions(filter, parameters);
    if (conditions === null) return [];
    const where = [`campaign.id = any (${parameters.add(ids)}::uuid[])`, ...conditions].join(' and ');
    const rows: { id: string }[] = await managerOf(tx).query(
      `select campaign.id from campaigns.campaigns as campaign where ${where} order by campaign.id`,
      parameters.values,
    );
    return rows.map(({ id }) => id);
  }

  override async usesOf(tx: Transaction, campaignIds: readonly string[]): Promise<ReadonlyMap<string, CampaignUse>> {
    const rows = (await queryPrepared(tx, 'campaigns.uses_of', USE_SQL, [campaignIds])) as readonly UseRow[];
    return new Map(rows.map((row) => [row.campaign_id, toUse(row)]));
  }

  override async lockUse(tx: Transaction, campaignId: string): Promise<CampaignUse | null> {
    // The lock comes in a statement of its own: what the next one reads is then what the last holder left.
    await managerOf(tx).query('select from campaigns.campaign_limits where campaign_id = $1 for update', [campaignId]);
    return (await this.usesOf(tx, [campaignId])).get(campaignId) ?? null;
  }

  override async saveUse(tx: Transaction, campaignId: string, use: CampaignUse): Promise<void> {
    const committed = [...use.committedMinor];
    await managerOf(tx).query('update campaigns.campaign_limits set deal_count = $2 where campaign_id = $1', [
      campaignId,
      use.dealCount,
    ]);
    await managerOf(tx).query(
      `update campaigns.campaign_budgets as budget set committed_minor = given.committed_minor
       from unnest($2::text[], $3::bigint[]) as given (currency, committed_minor)
       where budget.campaign_id = $1 and budget.currency = given.currency`,
      [campaignId, committed.map(([currency]) => currency), committed.map(([, minor]) => minor.toString())],
    );
  }
}

function toUse(row: UseRow): CampaignUse {
  return {
    budgets: row.budgets.map(({ currency, budget }) => ({ currency, amountMinor: BigInt(budget) })),
    dealCap: row.deal_cap,
    dealCount: row.deal_count,
    committedMinor: new Map(row.budgets.map(({ currency, committed }) => [currency, BigInt(committed)])),
  };
}
