import { CommentOnVersion, InvalidCommentPin, ResolveComment } from '@evenhand/deals';
import { type Actor, IdempotencyConflict } from '@evenhand/kernel';
import { Args, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentActor, fromGlobalId, Input, PageArgs, resultUnion, toConnection } from '../graphql';
import {
  CommentConnection,
  CommentOnVersionInput,
  CommentType,
  ReopenCommentInput,
  ResolveCommentInput,
  toComment,
} from './comment.types';
import { CommentsOfVersion } from './comments-of-version';
import { DeliverableVersionType } from './version.types';

const CommentOnVersionResult = resultUnion('CommentOnVersionResult', () => CommentType, [
  InvalidCommentPin,
  IdempotencyConflict,
]);

@Resolver(() => DeliverableVersionType)
export class CommentResolver {
  constructor(
    private readonly comment: CommentOnVersion,
    private readonly resolve: ResolveComment,
    private readonly commentsOfVersion: CommentsOfVersion,
  ) {}

  @ResolveField(() => CommentConnection, { description: 'Oldest first.' })
  async comments(
    @CurrentActor() actor: Actor,
    @Parent() { deliverableId, number }: DeliverableVersionType,
    @Args() { first, after }: PageArgs,
  ): Promise<CommentConnection> {
    const page = await this.commentsOfVersion.pageOf(actor, { deliverableId, number }, { first, after });
    return toConnection(page, toComment);
  }

  @Mutation(() => CommentOnVersionResult.type, {
    description:
      'Says something of a version. It is no answer to it: until the brand answers, its days of silence run on.',
  })
  commentOnVersion(@CurrentActor() actor: Actor, @Input() { text, idempotencyKey, ...input }: CommentOnVersionInput) {
    return CommentOnVersionResult.of(async () => {
      const version = { deliverableId: fromGlobalId('deliverable', input.deliverableId), number: input.version };
      const pin = input.pin && { ...input.pin, fileId: fromGlobalId('file', input.pin.fileId) };
      return toComment(await this.comment.execute({ actor, version, text, pin, idempotencyKey }));
    });
  }

  @Mutation(() => CommentType, { description: 'Either side says that a comment is dealt with.' })
  resolveComment(@CurrentActor() actor: Actor, @Input() { commentId }: ResolveCommentInput): Promise<CommentType> {
    return this.resolved(actor, commentId, true);
  }

  @Mutation(() => CommentType, { description: 'Either side says that a comment is not dealt with after all.' })
  reopenComment(@CurrentActor() actor: Actor, @Input() { commentId }: ReopenCommentInput): Promise<CommentType> {
    return this.resolved(actor, commentId, false);
  }

  private async resolved(actor: Actor, id: string, resolved: boolean): Promise<CommentType> {
    return toComment(await this.resolve.execute({ actor, commentId: fromGlobalId('comment', id), resolved }));
  }
}
