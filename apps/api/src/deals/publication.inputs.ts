import { Field, GraphQLISODateTime, InputType, Int } from '@nestjs/graphql';
import { IsDate, IsInt, IsOptional, Max, Min } from 'class-validator';
import { IdField, Text } from '../graphql';

const MOST_MINUTES = 1_440;

@InputType()
export class PublishDeliverableInput {
  @IdField()
  deliverableId: string;

  @Field(() => String, { description: 'Public https address of the post. It is read, and never called.' })
  @Text({ max: 2_048 })
  liveUrl: string;

  @Field(() => String, { nullable: true, description: 'As published; left out where it is as approved.' })
  @IsOptional()
  @Text({ max: 5_000 })
  caption: string | null = null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When a livestream began.' })
  @IsOptional()
  @IsDate()
  startedAt: Date | null = null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When a livestream ended.' })
  @IsOptional()
  @IsDate()
  endedAt: Date | null = null;
}

@InputType()
export class ConfirmPublicationInput {
  @IdField()
  deliverableId: string;
}

@InputType()
export class PlanLivestreamInput {
  @IdField()
  deliverableId: string;

  @Field(() => GraphQLISODateTime)
  @IsDate()
  plannedStart: Date;
}

@InputType()
export class AcceptShortLivestreamInput {
  @IdField()
  deliverableId: string;

  @Field(() => Int, { description: 'How long it has to have lasted at least; below what the brief asks for.' })
  @IsInt()
  @Min(1)
  @Max(MOST_MINUTES)
  minutes: number;
}
