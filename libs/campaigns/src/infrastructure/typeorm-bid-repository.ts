import { Injectable } from '@nestjs/common';
import {
  type Page,
  type PageRequest,
  type Transaction,
  countedFor,
  decodeCursor,
  pageOf,
  rowsToFetch,
  together,
} from '@evenhand/kernel';
import { constraintOf, managerOf, queryPrepared } from '@evenhand/platform';
import { type BidFilter, type BidParties, BidRepository } from '../application/repositories';
import { type Bid, OPEN_BID_STATES, type Offer, latestOffer } from '../domain/bid';
import { OpenBidExists } from '../domain/errors';
import { compensationToJson } from '../domain/stored-json';
import { BID_COLUMNS, type BidRow, toBid } from './bid-row';
import { keysetCondition } from './campaign-search-sql';
import { Parameters } from './parameters';

const ONE_OPEN = 'bids_one_open';
const BID_PARTIES = `id as "bidId", campaign_id as "campaignId", brand_id as "brandId", influencer_id as "influencerId"`;

const INSERT_BID = `
  insert into campaigns.bids (id, campaign_id, brand_id, influencer_id, agency_id, state, offer_expires_at, submitted_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8)`;
const INSERT_OFFER = `
  insert into campaigns.offers (bid_id, brand_id, influencer_id, number, side, compensation, message, offered_by,
    offered_at, expires_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`;

@Injectable()
export class TypeormBidRepository extends BidRepository {
  override async insert(tx: Transaction, bid: Bid): Promise<void> {
    const { id, campaignId, brandId, influencerId, agencyId, state, submittedAt } = bid;
    const values = [id, campaignId, brandId, influencerId, agencyId, state, latestOffer(bid).expiresAt, submittedAt];
    try {
      await together(
        queryPrepared(tx, 'campaigns.insert_bid', INSERT_BID, values),
        ...bid.offers.map((offer) => insertOffer(tx, bid, offer)),
      );
    } catch (error) {
      if (constraintOf(error) === ONE_OPEN) throw new OpenBidExists();
      throw error;
    }
  }

  override async save(tx: Transaction, bid: Bid): Promise<void> {
    const latest = latestOffer(bid);
    await managerOf(tx).query(
      'update campaigns.bids set state = $2, offer_expires_at = $3, ended_at = $4, end_reason = $5 where id = $1',
      [bid.id, bid.state, latest.expiresAt, bid.endedAt, bid.endReason],
    );
    const [stored]: { number: number }[] = await managerOf(tx).query(
      'select max(number) as number from campaigns.offers where bid_id = $1',
      [bid.id],
    );
    const fresh = bid.offers.filter((offer) => offer.number > (stored?.number ?? 0));
    for (const offer of fresh) await insertOffer(tx, bid, offer);
  }

  override async find(tx: Transaction, bidId: string): Promise<Bid | null> {
    const sql = `select ${BID_COLUMNS} from campaigns.bids as bid where bid.id = $1`;
    const [row] = (await queryPrepared(tx, 'campaigns.find_bid', sql, [bidId])) as readonly BidRow[];
    return row ? toBid(row) : null;
  }

  override findOpen(tx: Transaction, bidIds: readonly string[]): Promise<readonly Bid[]> {
    return this.openWhere(tx, 'bid.id = any ($1)', [...new Set(bidIds)]);
  }

  override findOpenOf(tx: Transaction, campaignId: string): Promise<readonly Bid[]> {
    return this.openWhere(tx, 'bid.campaign_id = $1', campaignId);
  }

  private async openWhere(tx: Transaction, condition: string, value: unknown): Promise<readonly Bid[]> {
    const rows: BidRow[] = await managerOf(tx).query(
      `select ${BID_COLUMNS} from campaigns.bids as bid
       where ${condition} and bid.state = any ($2) order by bid.submitted_at, bid.id`,
      [value, OPEN_BID_STATES],
    );
    return rows.map(toBid);
  }

  override async lock(tx: Transaction, bidId: string): Promise<Bid | null> {
    // The lock comes in a statement of its own: what the next one reads is then what the last holder left.
    await managerOf(tx).query('select from campaigns.bids where id = $1 for no key update', [bidId]);
    return this.find(tx, bidId);
  }

  override async list(tx: Transaction, filter: BidFilter, page: PageRequest): Promise<Page<Bid>> {
    const parameters = new Parameters();
    const where = ['true', ...bidConditions(filter, parameters)].join(' and ');
    const totalCount = await countedFor(page, () => this.count(tx, where, [...parameters.values]));
    const after = afterBid(page, parameters);
    const sql = `select ${BID_COLUMNS} from campaigns.bids as bid
      where ${where} ${after} order by bid.submitted_at desc, bid.id desc limit ${rowsToFetch(page)}`;
    const rows = (await queryPrepared(tx, listName(filter, page), sql, parameters.values)) as readonly BidRow[];
    return pageOf(rows.map(toBid), page, totalCount, (bid) => [bid.submittedAt.toISOString(), bid.id]);
  }

  private async count(tx: Transaction, where: string, values: readonly unknown[]): Promise<number> {
    const [counted]: { count: number }[] = await managerOf(tx).query(
      `select count(*)::int as count from campaigns.bids as bid where ${where}`,
      [...values],
    );
    return counted?.count ?? 0;
  }

  override async expireDue(tx: Transaction, now: Date, limit: number): Promise<readonly BidParties[]> {
    const [rows]: [BidParties[], number] = await managerOf(tx).query(
      `update campaigns.bids set state = 'expired', ended_at = $1, end_reason = 'offer_expired'
       where id in (
         select id from campaigns.bids where state in ('submitted', 'countered') and offer_expires_at <= $1
         order by offer_expires_at limit $2 for no key update skip locked)
       returning ${BID_PARTIES}`,
      [now, limit],
    );
    return rows;
  }

  override async expireOpenOf(
    tx: Transaction,
    campaignId: string,
    reason: string,
    now: Date,
  ): Promise<readonly BidParties[]> {
    const [rows]: [BidParties[], number] = await managerOf(tx).query(
      `update campaigns.bids set state = 'expired', ended_at = $3, end_reason = $4
       where campaign_id = $1 and state = any ($2) returning ${BID_PARTIES}`,
      [campaignId, OPEN_BID_STATES, now, reason],
    );
    return rows;
  }

  override async markReleased(tx: Transaction, bidId: string, now: Date): Promise<boolean> {
    const [, count]: [unknown[], number] = await managerOf(tx).query(
      `update campaigns.bids set commitment_released_at = $2
       where id = $1 and state = 'accepted' and commitment_released_at is null`,
      [bidId, now],
    );
    return count === 1;
  }
}

function insertOffer(tx: Transaction, bid: Bid, offer: Offer): Promise<unknown> {
  return queryPrepared(tx, 'campaigns.insert_offer', INSERT_OFFER, [
    bid.id,
    bid.brandId,
    bid.influencerId,
    offer.number,
    offer.side,
    JSON.stringify(compensationToJson(offer.compensation)),
    offer.message,
    offer.offeredBy,
    offer.offeredAt,
    offer.expiresAt,
  ]);
}

/** One name per text of the statement: it depends on what is filtered by, never on the values. */
function listName({ campaignId, influencerId, states }: BidFilter, page: PageRequest): string {
  const parts = { campaignId, influencerId, states: states.length > 0 || null, after: page.after };
  const given = Object.entries(parts).flatMap(([part, value]) => (value === null ? [] : [part]));
  return ['campaigns.list_bids', ...given, rowsToFetch(page)].join(' ');
}

function bidConditions(filter: BidFilter, parameters: Parameters): readonly string[] {
  const conditions: string[] = [];
  if (filter.campaignId !== null) conditions.push(`bid.campaign_id = ${parameters.add(filter.campaignId)}`);
  if (filter.influencerId !== null) conditions.push(`bid.influencer_id = ${parameters.add(filter.influencerId)}`);
  if (filter.states.length > 0) conditions.push(`bid.state = any (${parameters.add(filter.states)})`);
  return conditions;
}

function afterBid({ after }: PageRequest, parameters: Parameters): string {
  if (after === null) return '';
  const [instant = '', id = ''] = decodeCursor(after, 2);
  const order = { column: 'bid.submitted_at', after: '<' } as const;
  return `and ${keysetCondition(order, 'bid.id', instant, id, parameters)}`;
}
