import {
  type Actor,
  Clock,
  IdempotencyConflict,
  IdGenerator,
  NotFound,
  Outbox,
  type PersonActor,
  requirePerson,
  type Transaction,
  UnitOfWork,
} from '@evenhand/kernel';
import { PartyDirectory } from '@evenhand/parties';
import { Injectable } from '@nestjs/common';
import { type CommentPin, parseCommentText, requirePin } from '../../domain/comment';
import type { Deal } from '../deal';
import { lockDeliverable, partyOf, requireEitherSide } from '../deal-access';
import { DealRepository } from '../deal-repository';
import type { Comment, CommentView, VersionKey } from './comment';
import { CommentRepository } from './comment-repository';
import { commentViewsOf } from './comment-view';

export interface CommentOnVersionCommand {
  readonly actor: Actor;
  readonly version: VersionKey;
  /** 1 to 2,000 characters. */
  readonly text: string;
  /** What it points at; null for the version as a whole. */
  readonly pin: CommentPin | null;
  /** The author's own within the deal. */
  readonly idempotencyKey: string;
}

/**
 * Somebody who may act in a deal, in whatever state it is, says something of a version. It is no answer to it: the days of
 * silence run on. The same key with the same comment has the one that was written first.
 * Throws NotFound, Forbidden, InvalidInput, InvalidCommentPin, IdempotencyConflict.
 */
@Injectable()
export class CommentOnVersion {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly deals: DealRepository,
    private readonly comments: CommentRepository,
    private readonly parties: PartyDirectory,
    private readonly outbox: Outbox,
    private readonly ids: IdGenerator,
    private readonly clock: Clock,
  ) {}

  async execute(command: CommentOnVersionCommand): Promise<CommentView> {
    const { version, pin } = command;
    const person = requirePerson(command.actor);
    const text = parseCommentText(command.text);
    return this.uow.run(person, async (tx) => {
      const { deal, deliverable } = await lockDeliverable(tx, this.deals, version.deliverableId);
      const commented = deliverable.versions.find(({ number }) => number === version.number);
      if (!commented) throw new NotFound('Version');
      requireEitherSide(person, deal, 'comment on this version');
      if (pin) requirePin(pin, commented.files);
      const comment = await this.once(tx, person, deal, { ...command, text });
      const [view] = await commentViewsOf(tx, this.parties, person, [comment]);
      return view as CommentView;
    });
  }

  private async once(
    tx: Transaction,
    person: PersonActor,
    deal: Deal,
    { version, text, pin, idempotencyKey }: CommentOnVersionCommand,
  ): Promise<Comment> {
    const known = await this.comments.findByKey(tx, deal.id, person.userId, idempotencyKey);
    if (known) {
      const isSame = JSON.stringify(contentOf(known)) === JSON.stringify(contentOf({ version, text, pin }));
      if (!isSame) throw new IdempotencyConflict(idempotencyKey);
      return known;
    }
    const written = {
      id: this.ids.next(),
      dealId: deal.id,
      version,
      authorId: person.userId,
      partyId: partyOf(person, deal),
      text,
      pin,
      writtenAt: this.clock.now(),
    };
    const number = await this.comments.append(tx, deal, written, idempotencyKey);
    const comment = { ...written, number, resolution: null };
    await this.announce(tx, deal, comment);
    return comment;
  }

  /** Without the text: what was said stays with the version. */
  private announce(tx: Transaction, deal: Deal, { id, version, authorId, partyId, writtenAt }: Comment): Promise<void> {
    const { id: dealId, brandId, influencerId, agencyId } = deal;
    const about = { dealId, deliverableId: version.deliverableId, version: version.number, commentId: id };
    const sides = { brandId, influencerId, agencyId };
    const payload = { ...about, authorId, partyId, ...sides, occurredAt: writtenAt.toISOString() };
    return this.outbox.append(tx, [{ type: 'deals.comment_written', subjectId: dealId, payload }]);
  }
}

function contentOf({ version, text, pin }: Pick<Comment, 'version' | 'text' | 'pin'>): readonly unknown[] {
  const { deliverableId, number } = version;
  return [deliverableId, number, text, pin && [pin.fileId, pin.atMs, pin.xPermille, pin.yPermille]];
}
