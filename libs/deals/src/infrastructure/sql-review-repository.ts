import type { PageRequest, Transaction } from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import type { Rating, Review } from '../application/review';
import { ReviewRepository } from '../application/review-repository';
import type { ReviewSide } from '../domain/review';
import { instantAndId } from './instant-cursor';

/** A row of deals.reviews. */
interface ReviewRow {
  readonly id: string;
  readonly deal_id: string;
  readonly brand_id: string;
  readonly influencer_id: string;
  readonly side: ReviewSide;
  readonly stars: number;
  readonly text: string;
  readonly written_at: Date;
  readonly visible_from: Date;
}

const COLUMNS = 'id, deal_id, brand_id, influencer_id, side, stars, text, written_at, visible_from';

@Injectable()
export class SqlReviewRepository extends ReviewRepository {
  override async insert(tx: Transaction, review: Review): Promise<void> {
    const { id, dealId, brandId, influencerId, side, stars, text, writtenAt, visibleFrom } = review;
    await managerOf(tx).query(
      `insert into deals.reviews (${COLUMNS}, written_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [id, dealId, brandId, influencerId, side, stars, text, writtenAt, visibleFrom, writerIn(tx)],
    );
  }

  override async replace(tx: Transaction, { id, stars, text, writtenAt, visibleFrom }: Review): Promise<void> {
    await readingAt(tx, writtenAt);
    await managerOf(tx).query(
      `update deals.reviews set stars = $2, text = $3, written_at = $4, visible_from = $5, written_by = $6 where id = $1`,
      [id, stars, text, writtenAt, visibleFrom, writerIn(tx)],
    );
  }

  override async saveVisibleFrom(tx: Transaction, dealId: string, side: ReviewSide, visibleFrom: Date): Promise<void> {
    await managerOf(tx).query('update deals.reviews set visible_from = $3 where deal_id = $1 and side = $2', [
      dealId,
      side,
      visibleFrom,
    ]);
  }

  override async ofDeals(tx: Transaction, dealIds: readonly string[], now: Date): Promise<readonly Review[]> {
    await readingAt(tx, now);
    const rows: ReviewRow[] = await managerOf(tx).query(
      `select ${COLUMNS} from deals.reviews where deal_id = any ($1) order by deal_id, side`,
      [[...new Set(dealIds)]],
    );
    return rows.map(toReview);
  }

  override async visibleAbout(
    tx: Transaction,
    partyId: string,
    { first, after }: PageRequest,
    now: Date,
  ): Promise<readonly Review[]> {
    const key = after === null ? [] : instantAndId(after);
    await readingAt(tx, now);
    const rows: ReviewRow[] = await managerOf(tx).query(
      `select ${COLUMNS} from deals.reviews
       where subject_id = $1 and visible_from <= $2 ${key.length > 0 ? 'and (visible_from, id) < ($3, $4::uuid)' : ''}
       order by visible_from desc, id desc limit ${first + 1}`,
      [partyId, now, ...key],
    );
    return rows.map(toReview);
  }

  override async ratingsOf(
    tx: Transaction,
    partyIds: readonly string[],
    now: Date,
  ): Promise<ReadonlyMap<string, Rating>> {
    await readingAt(tx, now);
    const rows: { subject_id: string; reviews: number; average: string }[] = await managerOf(tx).query(
      `select subject_id, count(*)::integer as reviews, round(avg(stars), 2) as average from deals.reviews
       where subject_id = any ($1) and visible_from <= $2 group by subject_id`,
      [[...new Set(partyIds)], now],
    );
    return new Map(
      rows.map(({ subject_id, reviews, average }) => [subject_id, { count: reviews, average: Number(average) }]),
    );
  }
}

/** Tells row-level security which instant the transaction reads for. */
async function readingAt(tx: Transaction, now: Date): Promise<void> {
  await managerOf(tx).query("select set_config('evenhand.reading_at', $1, true)", [now.toISOString()]);
}

function writerIn({ actor }: Transaction): string | null {
  return actor.kind === 'person' ? actor.userId : null;
}

function toReview(row: ReviewRow): Review {
  return {
    id: row.id,
    dealId: row.deal_id,
    brandId: row.brand_id,
    influencerId: row.influencer_id,
    side: row.side,
    stars: row.stars,
    text: row.text,
    writtenAt: row.written_at,
    visibleFrom: row.visible_from,
  };
}
