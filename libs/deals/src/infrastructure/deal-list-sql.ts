import type { PageRequest } from '@evenhand/kernel';
import type { DealFilter } from '../application/deal-list';
import { instantAndId } from './instant-cursor';

interface Statement {
  readonly where: string;
  readonly values: readonly unknown[];
}

/** The filter as conditions on `deal`; what is left out or empty asks for nothing. */
export function filterSql(filter: DealFilter): Statement {
  const values: unknown[] = [];
  const conditions: string[] = ['true'];
  const add = (value: unknown, condition: (placeholder: string) => string): void => {
    values.push(value);
    conditions.push(condition(`$${values.length}`));
  };
  if (filter.states && filter.states.length > 0) add(filter.states, (p) => `deal.state = any (${p})`);
  if (filter.brandId !== undefined) add(filter.brandId, (p) => `deal.brand_id = ${p}`);
  if (filter.influencerId !== undefined) add(filter.influencerId, (p) => `deal.influencer_id = ${p}`);
  if (filter.campaignId !== undefined) add(filter.campaignId, (p) => `deal.campaign_id = ${p}`);
  return { where: conditions.join(' and '), values };
}

/** The filter and where the page begins; throws InvalidInput for a cursor that is not ours. */
export function pageSql(filter: DealFilter, { after }: PageRequest): Statement {
  const { where, values } = filterSql(filter);
  if (after === null) return { where, values };
  const keyset = `(deal.accepted_at, deal.id) < ($${values.length + 1}, $${values.length + 2}::uuid)`;
  return { where: `${where} and ${keyset}`, values: [...values, ...instantAndId(after)] };
}
