import { type CommentView, MAX_COMMENT_LENGTH } from '@evenhand/deals';
import { Field, GraphQLISODateTime, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min, ValidateNested } from 'class-validator';
import { connectionOf, IdField, Text, toGlobalId } from '../graphql';
import { PartyType, toParty } from '../parties/party.types';

const MAX_VERSION = 1_000_000;
const LAST_MS = 86_400_000;
const LAST_PERMILLE = 1_000;

@ObjectType('CommentPin', { description: 'What a comment points at.' })
export class CommentPinType {
  @Field(() => ID)
  fileId: string;

  @Field(() => Int, { nullable: true, description: 'Milliseconds from the beginning of a video.' })
  atMs: number | null;

  @Field(() => Int, { nullable: true, description: 'From the left of an image, in thousandths of its width.' })
  xPermille: number | null;

  @Field(() => Int, { nullable: true, description: 'From the top of an image, in thousandths of its height.' })
  yPermille: number | null;
}

@ObjectType('Comment', {
  description: 'What either side says of a version. Its words never change, and it is no answer to the version.',
})
export class CommentType {
  @Field(() => ID)
  id: string;

  @Field(() => PartyType, { description: 'For whom it was written: the brand, the influencer, or an agency of hers.' })
  party: PartyType;

  @Field(() => Boolean, { description: 'Written by the viewer.' })
  own: boolean;

  @Field(() => String)
  text: string;

  @Field(() => CommentPinType, { nullable: true, description: 'Null for the version as a whole.' })
  pin: CommentPinType | null;

  @Field(() => GraphQLISODateTime)
  writtenAt: Date;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When either side said that it is dealt with.' })
  resolvedAt: Date | null;

  @Field(() => PartyType, { nullable: true })
  resolvedBy: PartyType | null;
}

@ObjectType()
export class CommentConnection extends connectionOf(CommentType, 'Comment') {}

@InputType({ description: 'A file of the version; of a video also a moment, of an image also a place.' })
export class CommentPinInput {
  @IdField()
  fileId: string;

  @Field(() => Int, { nullable: true })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(LAST_MS)
  atMs: number | null = null;

  @Field(() => Int, { nullable: true })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(LAST_PERMILLE)
  xPermille: number | null = null;

  @Field(() => Int, { nullable: true })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(LAST_PERMILLE)
  yPermille: number | null = null;
}

@InputType()
export class CommentOnVersionInput {
  @IdField()
  deliverableId: string;

  @Field(() => Int, { description: 'The number of the version.' })
  @IsInt()
  @Min(1)
  @Max(MAX_VERSION)
  version: number;

  @Field(() => String, { description: `1 to ${MAX_COMMENT_LENGTH} characters.` })
  @Text({ max: MAX_COMMENT_LENGTH })
  text: string;

  @Field(() => CommentPinInput, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => CommentPinInput)
  pin: CommentPinInput | null = null;

  @Field(() => String, { description: 'The same key with the same comment: the one that was written first.' })
  @Text({ max: 200 })
  idempotencyKey: string;
}

@InputType()
export class ResolveCommentInput {
  @IdField()
  commentId: string;
}

@InputType()
export class ReopenCommentInput {
  @IdField()
  commentId: string;
}

export function toComment({ comment, party, resolvedBy, own }: CommentView): CommentType {
  const { id, text, pin, writtenAt, resolution } = comment;
  return {
    id: toGlobalId('comment', id),
    party: toParty(party),
    own,
    text,
    pin: pin && { ...pin, fileId: toGlobalId('file', pin.fileId) },
    writtenAt,
    resolvedAt: resolution?.at ?? null,
    resolvedBy: resolvedBy && toParty(resolvedBy),
  };
}
