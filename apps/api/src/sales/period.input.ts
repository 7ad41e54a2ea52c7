import { Field, GraphQLISODateTime, InputType } from '@nestjs/graphql';
import { IsDate, IsOptional } from 'class-validator';

/** What happened from an instant on and before another one. */
@InputType({ isAbstract: true })
export abstract class PeriodInput {
  @Field(() => GraphQLISODateTime, { nullable: true })
  @IsOptional()
  @IsDate()
  from: Date | null = null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  @IsOptional()
  @IsDate()
  to: Date | null = null;
}
