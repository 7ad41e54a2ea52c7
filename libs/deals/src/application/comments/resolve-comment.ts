import { type Actor, Clock, NotFound, UnitOfWork } from '@evenhand/kernel';
import { PartyDirectory } from '@evenhand/parties';
import { Injectable } from '@nestjs/common';
import { partyOf, requireEitherSide } from '../deal-access';
import { DealDirectory } from '../deal-directory';
import type { CommentView } from './comment';
import { CommentRepository } from './comment-repository';
import { commentViewsOf } from './comment-view';

export interface ResolveCommentCommand {
  readonly actor: Actor;
  readonly commentId: string;
  /** False opens it again. */
  readonly resolved: boolean;
}

/**
 * Either side says that a comment is dealt with, or is not after all. Said again it changes nothing: the first stands.
 * Throws NotFound, Forbidden.
 */
@Injectable()
export class ResolveComment {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly deals: DealDirectory,
    private readonly comments: CommentRepository,
    private readonly parties: PartyDirectory,
    private readonly clock: Clock,
  ) {}

  async execute({ actor, commentId, resolved }: ResolveCommentCommand): Promise<CommentView> {
    return this.uow.run(actor, async (tx) => {
      const comment = await this.comments.lock(tx, commentId);
      const deal = comment && (await this.deals.summariesOf(tx, [comment.dealId])).get(comment.dealId);
      if (!comment || !deal) throw new NotFound('Comment');
      requireEitherSide(actor, deal, 'resolve this comment');
      const isNew = (comment.resolution !== null) !== resolved;
      const resolution = resolved ? { at: this.clock.now(), partyId: partyOf(actor, deal) } : null;
      if (isNew) await this.comments.saveResolution(tx, commentId, resolution);
      const now = isNew ? { ...comment, resolution } : comment;
      const [view] = await commentViewsOf(tx, this.parties, actor, [now]);
      return view as CommentView;
    });
  }
}
