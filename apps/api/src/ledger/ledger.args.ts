import type { BooksAsOf } from '@evenhand/ledger';
import { ArgsType, Field, GraphQLISODateTime } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { IsDate, IsDefined, IsOptional, ValidateNested } from 'class-validator';
import { IdField, PageArgs } from '../graphql';
import { PostingFilterInput } from './ledger.inputs';

@ArgsType()
export class PostingsArgs extends PageArgs {
  @Field(() => PostingFilterInput)
  @IsDefined()
  @ValidateNested()
  @Type(() => PostingFilterInput)
  filter: PostingFilterInput;
}

/** A point on the two axes of time. */
@ArgsType()
class AsOfArgs {
  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'Only what was recorded up to this instant: what was known then. Without it: all that is known now.',
  })
  @IsOptional()
  @IsDate()
  asOf: Date | null;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'Only what took effect before this instant: what had happened by then, told of in time or late.',
  })
  @IsOptional()
  @IsDate()
  effectiveBefore: Date | null;
}

@ArgsType()
export class BookArgs extends AsOfArgs {
  @IdField()
  brandId: string;
}

@ArgsType()
export class AccountBalanceArgs extends AsOfArgs {
  @IdField()
  id: string;
}

@ArgsType()
export class TrialBalanceArgs extends AsOfArgs {
  @IdField({ nullable: true })
  brandId: string | null;
}

export function asOfFrom({ asOf, effectiveBefore }: AsOfArgs): BooksAsOf {
  return { recordedUpTo: asOf ?? null, effectiveBefore: effectiveBefore ?? null };
}
