import { ArgsType, Field } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { IsDefined, ValidateNested } from 'class-validator';
import { PageArgs } from '../graphql';
import { PostingFilterInput } from './ledger.inputs';

@ArgsType()
export class PostingsArgs extends PageArgs {
  @Field(() => PostingFilterInput)
  @IsDefined()
  @ValidateNested()
  @Type(() => PostingFilterInput)
  filter: PostingFilterInput;
}
