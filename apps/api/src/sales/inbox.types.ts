import { Field, GraphQLISODateTime, ID, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../graphql';
import {
  IntakeKindEnum,
  IntakeProblemStateEnum,
  IntakeViaEnum,
  MendActionEnum,
  ProblemFormEnum,
  ProblemStatusEnum,
  ReplayOutcomeEnum,
} from './sales.enums';
import { IntakeReasonType } from './sales.types';

@ObjectType('IntakeMend', { description: 'What a person did about a problem.' })
export class IntakeMendType {
  @Field(() => ID)
  id: string;

  @Field(() => MendActionEnum)
  action: string;

  @Field(() => String, { nullable: true, description: 'What was corrected, as JSON; amounts are minor units.' })
  changes: string | null;

  @Field(() => String, { nullable: true, description: 'Why it was dismissed.' })
  note: string | null;

  @Field(() => ReplayOutcomeEnum)
  outcome: string;

  @Field(() => ID, { nullable: true, description: 'The user; null for jobs and the command line.' })
  madeBy: string | null;

  @Field(() => GraphQLISODateTime)
  madeAt: Date;
}

@ObjectType('IntakeProblem', {
  description: 'What came and could not be recorded: an event, a webhook that makes no sense, or rows of a file.',
})
export class IntakeProblemType {
  @Field(() => ID)
  id: string;

  @Field(() => ProblemFormEnum)
  form: string;

  @Field(() => IntakeKindEnum, { nullable: true, description: 'Null where it cannot be told.' })
  kind: string | null;

  @Field(() => ProblemStatusEnum)
  status: string;

  @Field(() => IntakeProblemStateEnum)
  state: string;

  @Field(() => IntakeViaEnum, { description: 'How it came.' })
  via: string;

  @Field(() => String)
  source: string;

  @Field(() => String, { nullable: true, description: 'The event’s id, or the sender’s id of a webhook.' })
  externalId: string | null;

  @Field(() => ID, { nullable: true, description: 'The file it came with.' })
  importId: string | null;

  @Field(() => Int, { nullable: true, description: 'Of the file, the header included.' })
  line: number | null;

  @Field(() => String, { nullable: true, description: 'The file’s name of the column at fault.' })
  column: string | null;

  @Field(() => String)
  reasonCode: string;

  @Field(() => String)
  reason: string;

  @Field(() => String, {
    nullable: true,
    description: 'As it came, as JSON; amounts of events are minor units. Null for webhooks, whose bodies are sealed.',
  })
  content: string | null;

  @Field(() => String, { nullable: true, description: 'The same as people corrected it.' })
  mendedContent: string | null;

  @Field(() => GraphQLISODateTime)
  receivedAt: Date;

  @Field(() => GraphQLISODateTime, { description: 'When its state or reason was last decided.' })
  decidedAt: Date;

  @Field(() => [IntakeMendType], { description: 'Oldest first.' })
  mends: IntakeMendType[];
}

@ObjectType()
export class IntakeProblemConnection extends connectionOf(IntakeProblemType, 'IntakeProblem') {}

@ObjectType('ReplayedProblem')
export class ReplayedProblemType {
  @Field(() => ID)
  id: string;

  @Field(() => ReplayOutcomeEnum, { description: 'WAITING: a webhook that is taken in with the next ones.' })
  outcome: string;

  @Field(() => IntakeReasonType, { nullable: true, description: 'Where it is still open.' })
  reason: IntakeReasonType | null;
}

@ObjectType()
export class ProblemMended {
  @Field(() => ReplayedProblemType)
  problem: ReplayedProblemType;
}

@ObjectType()
export class ProblemsReplayed {
  @Field(() => [ReplayedProblemType])
  problems: ReplayedProblemType[];

  @Field(() => String, { nullable: true, description: 'Where the next call goes on; null where none is left.' })
  endCursor: string | null;
}

@ObjectType()
export class ProblemsDismissed {
  @Field(() => Int, { description: 'How many of them were open.' })
  dismissed: number;
}
