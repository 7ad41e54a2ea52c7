import type { Transaction } from '@evenhand/kernel';
import type { Deal } from '../deal';
import type { Comment, VersionKey } from './comment';

/** Some comments of a version, oldest first, of `totalCount` that there are. */
export interface CommentPage {
  readonly comments: readonly Comment[];
  readonly totalCount: number;
}

/** Comments on versions, under the rights that apply in the transaction. */
export abstract class CommentRepository {
  /** What the author has written in the deal under this idempotency key. */
  abstract findByKey(tx: Transaction, dealId: string, authorId: string, key: string): Promise<Comment | null>;

  /** Writes the comment as the next of its version, whose deal has to be locked; answers its number. */
  abstract append(
    tx: Transaction,
    deal: Deal,
    comment: Omit<Comment, 'number' | 'resolution'>,
    idempotencyKey: string,
  ): Promise<number>;

  /** The comment, locked. */
  abstract lock(tx: Transaction, commentId: string): Promise<Comment | null>;
  abstract saveResolution(tx: Transaction, commentId: string, resolution: Comment['resolution']): Promise<void>;

  /** Of each version up to `limit` comments with numbers above `after`, in the order of the versions, by one query. */
  abstract pagesOf(
    tx: Transaction,
    versions: readonly VersionKey[],
    after: number,
    limit: number,
  ): Promise<readonly CommentPage[]>;
}
