import { Field, GraphQLISODateTime, ID, ObjectType } from '@nestjs/graphql';

@ObjectType('ErasureBegun', {
  description:
    'The account is shut, and a job erases what is personal. The audit log of the user shows when it is done.',
})
export class ErasureBegunType {
  @Field(() => ID)
  userId: string;

  @Field(() => GraphQLISODateTime)
  requestedAt: Date;
}
