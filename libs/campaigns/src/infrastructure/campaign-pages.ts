import { cursorOf, isInteger, isUuid, type Page, pageOf, type PageRequest } from '@evenhand/kernel';
import type { FitProfile } from '@evenhand/parties';
import type { EntityManager } from 'typeorm';
import type { CampaignOrder, FoundCampaign } from '../application/repositories';
import { fitOfCampaign } from '../application/campaign-asks';
import { campaignScore } from './campaign-fit-sql';
import { CAMPAIGN_COLUMNS, type CampaignRow, toCampaign } from './campaign-row';
import { afterCursor, cursorKey, orderBy } from './campaign-search-sql';
import type { Parameters } from './parameters';

interface Search {
  readonly where: string;
  readonly parameters: Parameters;
  readonly page: PageRequest;
  readonly totalCount: number | null;
}

/** A page of what the conditions leave, by an instant of the campaign. */
export async function listCampaigns(
  manager: EntityManager,
  { where, parameters, page, totalCount }: Search,
  order: CampaignOrder,
): Promise<Page<FoundCampaign>> {
  const after = afterCursor(order, page, parameters);
  const rows: CampaignRow[] = await manager.query(
    `select ${CAMPAIGN_COLUMNS} from campaigns.campaigns as campaign
     where ${where} ${after === null ? '' : `and ${after}`}
     order by ${orderBy(order)} limit ${parameters.add(page.first + 1)}`,
    parameters.values,
  );
  const found = rows.map((row) => ({ campaign: toCampaign(row), fit: null }));
  return pageOf<FoundCampaign>(found, page, totalCount, ({ campaign }) => cursorKey(order, campaign));
}

/** The same by (score, id), both falling. Briefs are read of the page alone: scores are made of every campaign. */
export async function rankCampaigns(
  manager: EntityManager,
  { where, parameters, page, totalCount }: Search,
  profile: FitProfile,
): Promise<Page<FoundCampaign>> {
  const score = campaignScore(profile, parameters);
  const [last, id] = cursorOf(page, [isInteger, isUuid]) ?? [];
  const after =
    last === undefined
      ? ''
      : `and (${score}, campaign.id) < (${parameters.add(last)}::int, ${parameters.add(id)}::uuid)`;
  const rows: (CampaignRow & { readonly score: number })[] = await manager.query(
    `with best as (
       select campaign.id, ${score} as score from campaigns.campaigns as campaign where ${where} ${after}
       order by score desc, campaign.id desc limit ${parameters.add(page.first + 1)})
     select ${CAMPAIGN_COLUMNS}, best.score from best join campaigns.campaigns as campaign using (id)
     order by best.score desc, campaign.id desc`,
    parameters.values,
  );
  const found = rows.map((row) => {
    const campaign = toCampaign(row);
    return { campaign, fit: fitOfCampaign(profile, campaign.brief, row.score) };
  });
  return pageOf(found, page, totalCount, ({ campaign, fit }) => [`${fit.score}`, campaign.id]);
}
