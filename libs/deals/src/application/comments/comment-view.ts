import type { Actor, Transaction } from '@evenhand/kernel';
import type { PartyDirectory } from '@evenhand/parties';
import { nameOf } from '../deal-view';
import type { Comment, CommentView } from './comment';

/** The names of all comments, however many, in one query. */
export async function commentViewsOf(
  tx: Transaction,
  parties: PartyDirectory,
  reader: Actor,
  comments: readonly Comment[],
): Promise<readonly CommentView[]> {
  if (comments.length === 0) return [];
  const ids = comments.flatMap(({ partyId, resolution }) => (resolution ? [partyId, resolution.partyId] : [partyId]));
  const names = await parties.namesOf(tx, [...new Set(ids)]);
  return comments.map((comment) => ({
    comment,
    party: nameOf(names, comment.partyId),
    resolvedBy: comment.resolution && nameOf(names, comment.resolution.partyId),
    own: reader.kind === 'person' && reader.userId === comment.authorId,
  }));
}
