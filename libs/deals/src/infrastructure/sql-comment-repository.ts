import { groupBy, type Transaction } from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import type { Comment, VersionKey } from '../application/comments/comment';
import { type CommentPage, CommentRepository } from '../application/comments/comment-repository';
import type { Deal } from '../application/deal';

/** A row of deals.version_comments. */
interface CommentRow {
  readonly id: string;
  readonly deal_id: string;
  readonly deliverable_id: string;
  readonly version_number: number;
  readonly number: number;
  readonly author_id: string;
  readonly party_id: string;
  readonly text: string;
  readonly file_id: string | null;
  readonly at_ms: number | null;
  readonly x_permille: number | null;
  readonly y_permille: number | null;
  readonly written_at: Date;
  readonly resolved_at: Date | null;
  readonly resolved_for: string | null;
}

/** A comment of the page; one row without any where the version has none there. */
type PageRow = { readonly place: number; readonly total: number } & (CommentRow | { readonly id: null });

const COLUMNS = `id, deal_id, deliverable_id, version_number, number, author_id, party_id, text, file_id, at_ms,
  x_permille, y_permille, written_at, resolved_at, resolved_for`;

const PAGES = `
  select wanted.place::integer, counted.total, comment.*
  from unnest($1::uuid[], $2::integer[]) with ordinality as wanted (deliverable_id, version_number, place)
  cross join lateral (
    select count(*)::integer as total from deals.version_comments c
    where c.deliverable_id = wanted.deliverable_id and c.version_number = wanted.version_number
  ) as counted
  left join lateral (
    select ${COLUMNS} from deals.version_comments c
    where c.deliverable_id = wanted.deliverable_id and c.version_number = wanted.version_number and c.number > $3
    order by c.number limit $4
  ) as comment on true
  order by wanted.place, comment.number`;

@Injectable()
export class SqlCommentRepository extends CommentRepository {
  override findByKey(tx: Transaction, dealId: string, authorId: string, key: string): Promise<Comment | null> {
    return this.one(tx, 'deal_id = $1 and author_id = $2 and idempotency_key = $3', [dealId, authorId, key]);
  }

  override async append(
    tx: Transaction,
    { brandId, influencerId }: Deal,
    comment: Omit<Comment, 'number' | 'resolution'>,
    idempotencyKey: string,
  ): Promise<number> {
    const { id, dealId, version, authorId, partyId, text, pin, writtenAt } = comment;
    const [row]: { number: number }[] = await managerOf(tx).query(
      `insert into deals.version_comments (id, deal_id, brand_id, influencer_id, deliverable_id, version_number, number,
         author_id, party_id, text, file_id, at_ms, x_permille, y_permille, written_at, idempotency_key)
       values ($1, $2, $3, $4, $5, $6,
         (select count(*) + 1 from deals.version_comments where deliverable_id = $5 and version_number = $6),
         $7, $8, $9, $10, $11, $12, $13, $14, $15)
       returning number`,
      [
        id,
        dealId,
        brandId,
        influencerId,
        version.deliverableId,
        version.number,
        authorId,
        partyId,
        text,
        pin?.fileId ?? null,
        pin?.atMs ?? null,
        pin?.xPermille ?? null,
        pin?.yPermille ?? null,
        writtenAt,
        idempotencyKey,
      ],
    );
    if (!row) throw new Error(`Comment ${id} has no number.`);
    return row.number;
  }

  override lock(tx: Transaction, commentId: string): Promise<Comment | null> {
    return this.one(tx, 'id = $1 for update', [commentId]);
  }

  override async saveResolution(tx: Transaction, commentId: string, resolution: Comment['resolution']): Promise<void> {
    await managerOf(tx).query('update deals.version_comments set resolved_at = $2, resolved_for = $3 where id = $1', [
      commentId,
      resolution?.at ?? null,
      resolution?.partyId ?? null,
    ]);
  }

  override async pagesOf(
    tx: Transaction,
    versions: readonly VersionKey[],
    after: number,
    limit: number,
  ): Promise<readonly CommentPage[]> {
    const rows: PageRow[] = await managerOf(tx).query(PAGES, [
      versions.map(({ deliverableId }) => deliverableId),
      versions.map(({ number }) => number),
      after,
      limit,
    ]);
    const byPlace = groupBy(rows, ({ place }) => place);
    return versions.map((_version, index) => {
      const found = byPlace.get(index + 1) ?? [];
      return {
        comments: found.flatMap((row) => (row.id === null ? [] : [toComment(row)])),
        totalCount: found[0]?.total ?? 0,
      };
    });
  }

  private async one(tx: Transaction, condition: string, values: readonly string[]): Promise<Comment | null> {
    const [row]: CommentRow[] = await managerOf(tx).query(
      `select ${COLUMNS} from deals.version_comments where ${condition}`,
      [...values],
    );
    return row ? toComment(row) : null;
  }
}

function toComment(row: CommentRow): Comment {
  const { file_id: fileId, at_ms: atMs, x_permille: xPermille, y_permille: yPermille } = row;
  const { resolved_at: at, resolved_for: partyId } = row;
  return {
    id: row.id,
    dealId: row.deal_id,
    version: { deliverableId: row.deliverable_id, number: row.version_number },
    number: row.number,
    authorId: row.author_id,
    partyId: row.party_id,
    text: row.text,
    pin: fileId === null ? null : { fileId, atMs, xPermille, yPermille },
    writtenAt: row.written_at,
    resolution: at === null || partyId === null ? null : { at, partyId },
  };
}
