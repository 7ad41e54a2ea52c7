import { IdempotencyConflict, type PageRequest, type Transaction } from '@evenhand/kernel';
import { constraintOf, managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import type { Deal, DeliverableVersion, StateChange, TrackingCode, VersionDecision } from '../application/deal';
import type { CurrencyTotal, DealFilter } from '../application/deal-list';
import type { Fulfilment } from '../application/fulfilment';
import type { Gift } from '../application/gift';
import { type DealChange, type DealPage, DealRepository } from '../application/deal-repository';
import type { DeliverableProgress } from '../domain/deliverable';
import { TrackingCodeTaken } from '../domain/errors';
import type { GiftProgress } from '../domain/gift-progress';
import type { GiftCorrection } from '../domain/gift-value';
import { assembleDeals } from './assemble-deals';
import { filterSql, pageSql } from './deal-list-sql';
import { DEAL_COLUMNS, type DealRow } from './deal-row';
import { dealsWithOverdueGift, dealsWithUnconfirmedGift, fulfilmentOf, saveCorrection, saveGift } from './gift-sql';
import { insertCode, insertDeal } from './insert-deal';

const CODE_PER_BRAND = 'tracking_codes_per_brand';
const FUNDING_KEY = 'deals_funding_key';

@Injectable()
export class TypeormDealRepository extends DealRepository {
  override async insert(tx: Transaction, deal: Deal): Promise<void> {
    await codesChecked(deal.codes, () => insertDeal(managerOf(tx), deal));
  }

  override find(tx: Transaction, dealId: string): Promise<Deal | null> {
    return this.one(tx, 'deal.id = $1', dealId);
  }

  override lock(tx: Transaction, dealId: string): Promise<Deal | null> {
    return this.one(tx, 'deal.id = $1 for update', dealId);
  }

  override findByBid(tx: Transaction, bidId: string): Promise<Deal | null> {
    return this.one(tx, 'deal.bid_id = $1', bidId);
  }

  override async dealIdOfDeliverable(tx: Transaction, deliverableId: string): Promise<string | null> {
    const rows: { deal_id: string }[] = await managerOf(tx).query(
      'select deal_id from deals.deliverables where id = $1',
      [deliverableId],
    );
    return rows[0]?.deal_id ?? null;
  }

  override async countBetween(tx: Transaction, campaignId: string, influencerId: string): Promise<number> {
    const rows: { deals: number }[] = await managerOf(tx).query(
      'select count(*)::integer as deals from deals.deals where campaign_id = $1 and influencer_id = $2',
      [campaignId, influencerId],
    );
    return rows[0]?.deals ?? 0;
  }

  override async list(tx: Transaction, filter: DealFilter, page: PageRequest): Promise<DealPage> {
    const manager = managerOf(tx);
    const { where, values } = pageSql(filter, page);
    const rows: DealRow[] = await manager.query(
      `select ${DEAL_COLUMNS} from deals.deals as deal where ${where}
       order by deal.accepted_at desc, deal.id desc limit ${page.first + 1}`,
      [...values],
    );
    return { deals: await assembleDeals(manager, rows), ...(await this.totals(tx, filter)) };
  }

  override async dealFundedBy(tx: Transaction, brandId: string, fundingKey: string): Promise<string | null> {
    const rows: { id: string }[] = await managerOf(tx).query(
      'select id from deals.deals where brand_id = $1 and funding_key = $2',
      [brandId, fundingKey],
    );
    return rows[0]?.id ?? null;
  }

  override async saveDeal(tx: Transaction, dealId: string, change: DealChange): Promise<void> {
    const { state, fundingKey, fundedAt, activatedAt, completedAt, cancelledAt } = change;
    try {
      await managerOf(tx).query(
        `update deals.deals set state = $2, funding_key = coalesce($3, funding_key), funded_at = coalesce($4, funded_at),
           activated_at = coalesce($5, activated_at), completed_at = coalesce($6, completed_at),
           cancelled_at = coalesce($7, cancelled_at)
         where id = $1`,
        [dealId, state, fundingKey, fundedAt, activatedAt, completedAt, cancelledAt],
      );
    } catch (error) {
      // Two deals of one brand funded at once with the same key: the later one is the other request.
      if (constraintOf(error) === FUNDING_KEY) throw new IdempotencyConflict(fundingKey ?? '');
      throw error;
    }
    if (completedAt ?? cancelledAt) await freeCategories(tx, dealId, cancelledAt !== undefined);
  }

  override async saveDeliverable(tx: Transaction, deliverableId: string, progress: DeliverableProgress): Promise<void> {
    await managerOf(tx).query(
      `update deals.deliverables set state = $2, revisions_used = $3, submitted_at = $4, auto_approve_at = $5,
         approved_at = $6, approved_by = $7, published_at = $8, live_url = $9
       where id = $1`,
      [
        deliverableId,
        progress.state,
        progress.revisionsUsed,
        progress.submittedAt,
        progress.autoApproveAt,
        progress.approvedAt,
        progress.approvedBy,
        progress.publishedAt,
        progress.liveUrl,
      ],
    );
  }

  override async saveGift(tx: Transaction, giftId: string, progress: GiftProgress): Promise<void> {
    await saveGift(managerOf(tx), giftId, progress);
  }

  override async saveCorrection(tx: Transaction, deal: Deal, gift: Gift, correction: GiftCorrection): Promise<void> {
    await saveCorrection(managerOf(tx), deal, gift, correction);
  }

  override async appendVersion(
    tx: Transaction,
    deal: Deal,
    deliverableId: string,
    version: Omit<DeliverableVersion, 'files'>,
  ): Promise<void> {
    await managerOf(tx).query(
      `insert into deals.deliverable_versions (deliverable_id, number, deal_id, brand_id, influencer_id, caption,
         media_urls, submitted_by, party_id, submitted_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        deliverableId,
        version.number,
        deal.id,
        deal.brandId,
        deal.influencerId,
        version.caption,
        version.mediaUrls,
        version.submittedBy,
        version.partyId,
        version.submittedAt,
      ],
    );
  }

  override async decideVersion(
    tx: Transaction,
    deliverableId: string,
    number: number,
    { outcome, decidedAt, feedback }: VersionDecision,
  ): Promise<void> {
    const [, decided]: [unknown, number] = await managerOf(tx).query(
      `update deals.deliverable_versions set outcome = $3, decided_at = $4, feedback = $5
       where deliverable_id = $1 and number = $2 and outcome is null`,
      [deliverableId, number, outcome, decidedAt, feedback],
    );
    if (decided !== 1) throw new Error(`Version ${number} of deliverable ${deliverableId} is not to be decided.`);
  }

  override async releaseMilestones(tx: Transaction, milestoneIds: readonly string[], at: Date): Promise<void> {
    await managerOf(tx).query(
      'update deals.milestones set released_at = $2 where id = any ($1) and released_at is null',
      [milestoneIds, at],
    );
  }

  override async recordChanges(tx: Transaction, deal: Deal, changes: readonly StateChange[], at: Date): Promise<void> {
    const { actor } = tx;
    await managerOf(tx).query(
      `insert into deals.state_changes (deal_id, brand_id, influencer_id, user_id, system_name, changed_at, event,
         subject_id, from_state, to_state, note)
       select $1, $2, $3, $4, $5, $6, change.* from unnest($7::text[], $8::uuid[], $9::text[], $10::text[], $11::text[])
         as change (event, subject_id, from_state, to_state, note)`,
      [
        deal.id,
        deal.brandId,
        deal.influencerId,
        actor.kind === 'person' ? actor.userId : null,
        actor.kind === 'system' ? actor.name : null,
        at,
        changes.map((change) => change.event),
        changes.map((change) => change.subjectId),
        changes.map((change) => change.from),
        changes.map((change) => change.to),
        changes.map((change) => change.note),
      ],
    );
  }

  override async insertCode(tx: Transaction, deal: Deal, code: TrackingCode): Promise<void> {
    await codesChecked([code], () => insertCode(managerOf(tx), deal, code));
  }

  override async saveLinkDestination(tx: Transaction, dealId: string, destination: string | null): Promise<void> {
    await managerOf(tx).query('update deals.deals set link_destination = $2 where id = $1', [dealId, destination]);
  }

  override async takenCodes(tx: Transaction, brandId: string, codes: readonly string[]): Promise<ReadonlySet<string>> {
    const rows: { code: string }[] = await managerOf(tx).query(
      'select code from deals.tracking_codes where brand_id = $1 and code = any ($2)',
      [brandId, codes],
    );
    return new Set(rows.map((row) => row.code));
  }

  override async deliverablesToAutoApprove(tx: Transaction, now: Date, limit: number): Promise<readonly string[]> {
    const rows: { id: string }[] = await managerOf(tx).query(
      `select deliverable.id from deals.deliverables as deliverable join deals.deals as deal on deal.id = deliverable.deal_id
       where deliverable.state = 'submitted' and deliverable.auto_approve_at <= $1 and deal.state = 'active'
         and deliverable.dispute_id is null
       order by deliverable.auto_approve_at, deliverable.id limit $2`,
      [now, limit],
    );
    return rows.map((row) => row.id);
  }

  override dealsWithOverdueGift(tx: Transaction, now: Date, limit: number): Promise<readonly string[]> {
    return dealsWithOverdueGift(managerOf(tx), now, limit);
  }

  override dealsWithUnconfirmedGift(tx: Transaction, shippedUntil: Date, limit: number): Promise<readonly string[]> {
    return dealsWithUnconfirmedGift(managerOf(tx), shippedUntil, limit);
  }

  override fulfilmentOf(tx: Transaction, influencerIds: readonly string[]): Promise<ReadonlyMap<string, Fulfilment>> {
    return fulfilmentOf(managerOf(tx), influencerIds);
  }

  private async one(tx: Transaction, condition: string, value: string): Promise<Deal | null> {
    const manager = managerOf(tx);
    const rows: DealRow[] = await manager.query(`select ${DEAL_COLUMNS} from deals.deals as deal where ${condition}`, [
      value,
    ]);
    const [deal] = await assembleDeals(manager, rows);
    return deal ?? null;
  }

  private async totals(tx: Transaction, filter: DealFilter): Promise<Pick<DealPage, 'totalCount' | 'totals'>> {
    const { where, values } = filterSql(filter);
    const rows: { currency: string | null; deals: number; cash: string; reserve: string }[] = await managerOf(tx).query(
      `with filtered as (select * from deals.deals as deal where ${where})
       select null as currency, count(*)::integer as deals, 0 as cash, 0 as reserve from filtered
       union all
       select part.currency, 0, sum(part.cash), sum(part.reserve)
       from filtered cross join lateral (values (cash_currency, cash_minor, 0::bigint),
         (commission_currency, 0::bigint, commission_reserve_minor)) as part (currency, cash, reserve)
       where part.currency is not null
       group by part.currency
       order by 1 nulls first`,
      [...values],
    );
    const totals = rows.flatMap(({ currency, cash, reserve }): readonly CurrencyTotal[] =>
      currency === null ? [] : [{ currency, cashMinor: BigInt(cash), commissionReserveMinor: BigInt(reserve) }],
    );
    return { totalCount: rows[0]?.deals ?? 0, totals };
  }
}

/** What is completed takes no more days of work; what is cancelled takes nothing, its exclusivity included. */
async function freeCategories(tx: Transaction, dealId: string, isCancelled: boolean): Promise<void> {
  await managerOf(tx).query(
    `update deals.category_days set stands = false where deal_id = $1 and (use = 'work' or $2::boolean)`,
    [dealId, isCancelled],
  );
}

/** The unique index has the last word where two transactions take the same code. */
async function codesChecked(codes: readonly TrackingCode[], insert: () => Promise<void>): Promise<void> {
  try {
    await insert();
  } catch (error) {
    if (constraintOf(error) === CODE_PER_BRAND) throw new TrackingCodeTaken(codes.map(({ code }) => code).join(', '));
    throw error;
  }
}
