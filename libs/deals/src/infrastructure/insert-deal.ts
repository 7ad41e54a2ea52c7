import type { EntityManager } from 'typeorm';
import type { Deal, TrackingCode } from '../application/deal';
import type { Gift } from '../application/gift';
import { termsToJson } from './deal-row';

/** Inserts a new deal with everything in it. */
export async function insertDeal(manager: EntityManager, deal: Deal): Promise<void> {
  const { cash, commissionReserve } = deal.need;
  await manager.query(
    `insert into deals.deals (id, bid_id, offer_number, campaign_id, campaign_title, brand_id, influencer_id, agency_id,
       number, policy_version, terms, cash_currency, cash_minor, commission_currency, commission_reserve_minor,
       accepted_at, accepted_by, state, activated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)`,
    [
      deal.id,
      deal.bidId,
      deal.offerNumber,
      deal.campaignId,
      deal.campaignTitle,
      deal.brandId,
      deal.influencerId,
      deal.agencyId,
      deal.number,
      deal.terms.policyVersion,
      JSON.stringify(termsToJson(deal.terms)),
      cash?.currency ?? null,
      cash?.amountMinor.toString() ?? null,
      commissionReserve?.currency ?? null,
      commissionReserve?.amountMinor.toString() ?? null,
      deal.acceptedAt,
      deal.acceptedBy,
      deal.state,
      deal.activatedAt,
    ],
  );
  await insertDeliverables(manager, deal);
  await insertMilestones(manager, deal);
  if (deal.gift) await insertGift(manager, deal, deal.gift);
  for (const code of deal.codes) await insertCode(manager, deal, code);
}

async function insertDeliverables(manager: EntityManager, deal: Deal): Promise<void> {
  const rows = deal.deliverables;
  await manager.query(
    `insert into deals.deliverables (id, deal_id, brand_id, influencer_id, position, spec_key, sequence, kind, description,
       due_on, revisions_allowed, revisions_used, state)
     select piece.id, $1, $2, $3, piece.position, piece.spec_key, piece.sequence, piece.kind, piece.description,
       piece.due_on, piece.revisions_allowed, 0, 'planned'
     from unnest($4::uuid[], $5::text[], $6::integer[], $7::text[], $8::text[], $9::date[], $10::integer[])
       with ordinality as piece (id, spec_key, sequence, kind, description, due_on, revisions_allowed, position)`,
    [
      deal.id,
      deal.brandId,
      deal.influencerId,
      rows.map((row) => row.id),
      rows.map((row) => row.specKey),
      rows.map((row) => row.sequence),
      rows.map((row) => row.kind),
      rows.map((row) => row.description),
      rows.map((row) => row.dueOn),
      rows.map((row) => row.revisionsAllowed),
    ],
  );
}

async function insertMilestones(manager: EntityManager, deal: Deal): Promise<void> {
  const rows = deal.deliverables.flatMap(({ id, milestones }) =>
    milestones.map((milestone) => ({ ...milestone, deliverableId: id })),
  );
  await manager.query(
    `insert into deals.milestones (id, deal_id, brand_id, influencer_id, deliverable_id, ordinal, amount_minor)
     select milestone.id, $1, $2, $3, milestone.deliverable_id, milestone.ordinal, milestone.amount_minor
     from unnest($4::uuid[], $5::uuid[], $6::integer[], $7::bigint[])
       as milestone (id, deliverable_id, ordinal, amount_minor)`,
    [
      deal.id,
      deal.brandId,
      deal.influencerId,
      rows.map((row) => row.id),
      rows.map((row) => row.deliverableId),
      rows.map((row) => row.ordinal),
      rows.map((row) => row.amountMinor.toString()),
    ],
  );
}

async function insertGift(manager: EntityManager, deal: Deal, gift: Gift): Promise<void> {
  await manager.query(
    `insert into deals.gifts (id, deal_id, brand_id, influencer_id, currency, fair_market_value_minor, posting_duty_days,
       state)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      gift.id,
      deal.id,
      deal.brandId,
      deal.influencerId,
      gift.currency,
      gift.declaredValueMinor.toString(),
      gift.postingDutyDays,
      gift.progress.state,
    ],
  );
}

export async function insertCode(manager: EntityManager, deal: Deal, code: TrackingCode): Promise<void> {
  await manager.query(
    `insert into deals.tracking_codes (id, deal_id, brand_id, influencer_id, kind, code, link_slug, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [code.id, deal.id, deal.brandId, deal.influencerId, code.kind, code.code, code.linkSlug, code.createdAt],
  );
}
