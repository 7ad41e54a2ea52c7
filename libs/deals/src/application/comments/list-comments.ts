import { type Actor, cursorOf, isInteger, type Page, pageOf, type PageRequest, UnitOfWork } from '@evenhand/kernel';
import { PartyDirectory } from '@evenhand/parties';
import { Injectable } from '@nestjs/common';
import type { CommentView, VersionKey } from './comment';
import { CommentRepository } from './comment-repository';
import { commentViewsOf } from './comment-view';

export interface ListCommentsQuery {
  readonly actor: Actor;
  readonly versions: readonly VersionKey[];
  /** The same of each version. */
  readonly page: PageRequest;
}

/**
 * A page of the comments on each of these versions, oldest first, in as many statements as for one. Both sides see them,
 * agencies that hold the influencer's mandate right now, and operators; to anybody else, finance among them, there are
 * none. Throws InvalidInput for a cursor that is not ours.
 */
@Injectable()
export class ListComments {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly comments: CommentRepository,
    private readonly parties: PartyDirectory,
  ) {}

  /** In the order of `versions`. */
  async execute({ actor, versions, page }: ListCommentsQuery): Promise<readonly Page<CommentView>[]> {
    const [after = '0'] = cursorOf(page, [isInteger]) ?? [];
    return this.uow.read(actor, async (tx) => {
      const pages = await this.comments.pagesOf(tx, versions, Number(after), page.first + 1);
      const all = pages.flatMap(({ comments }) => comments);
      const views = new Map(
        (await commentViewsOf(tx, this.parties, actor, all)).map((view) => [view.comment.id, view] as const),
      );
      return pages.map(({ comments, totalCount }) => {
        const rows = comments.flatMap(({ id }) => views.get(id) ?? []);
        return pageOf(rows, page, totalCount, ({ comment }) => [String(comment.number)]);
      });
    });
  }
}
