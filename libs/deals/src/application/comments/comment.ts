import type { PartyName } from '@evenhand/parties';
import type { CommentPin } from '../../domain/comment';

/** The version of a deliverable that is meant. */
export interface VersionKey {
  readonly deliverableId: string;
  readonly number: number;
}

/** What somebody of either side says of a version. Its words never change; that it is dealt with does. */
export interface Comment {
  readonly id: string;
  readonly dealId: string;
  readonly version: VersionKey;
  /** 1, 2, 3 … within the version. */
  readonly number: number;
  readonly authorId: string;
  /** For whom they wrote: the brand, the influencer, or an agency of hers. */
  readonly partyId: string;
  readonly text: string;
  readonly pin: CommentPin | null;
  readonly writtenAt: Date;
  readonly resolution: { readonly at: Date; readonly partyId: string } | null;
}

/** A comment with the names of its parties, for showing. */
export interface CommentView {
  readonly comment: Comment;
  readonly party: PartyName;
  readonly resolvedBy: PartyName | null;
  /** Written by the reader. */
  readonly own: boolean;
}
