import type { Actor } from '@evenhand/kernel';
import { type ChainPolicy, ChainPolicySuperseded, GetChainPolicy, UpdateChainPolicy } from '@evenhand/parties';
import { Field, GraphQLISODateTime, InputType, Int, Mutation, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { IsBoolean, IsInt, Max, Min } from 'class-validator';
import { CurrentActor, Input, resultUnion } from '../graphql';

@ObjectType('ChainPolicy', { description: 'What the marketplace allows of chains of mandates; one version.' })
class ChainPolicyType {
  @Field(() => Int)
  version: number;

  @Field(() => Boolean, { description: 'Whether an agency may hold two mandates of one influencer at once.' })
  sameAgencyTwice: boolean;

  @Field(() => GraphQLISODateTime)
  effectiveFrom: Date;
}

@InputType()
class UpdateChainPolicyInput {
  @Field(() => Int, { description: 'The version you have in front of you.' })
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  expectedVersion: number;

  @Field(() => Boolean)
  @IsBoolean()
  sameAgencyTwice: boolean;
}

const UpdateChainPolicyResult = resultUnion('UpdateChainPolicyResult', () => ChainPolicyType, [ChainPolicySuperseded]);

@Resolver()
export class ChainPolicyResolver {
  constructor(
    private readonly getPolicy: GetChainPolicy,
    private readonly updatePolicy: UpdateChainPolicy,
  ) {}

  @Query(() => ChainPolicyType)
  async chainPolicy(@CurrentActor() actor: Actor): Promise<ChainPolicyType> {
    return toChainPolicy(await this.getPolicy.execute({ actor }));
  }

  @Mutation(() => UpdateChainPolicyResult.type, {
    description: 'For consents and acceptances from now on; no deal that was made is touched.',
  })
  updateChainPolicy(
    @CurrentActor() actor: Actor,
    @Input() { expectedVersion, sameAgencyTwice }: UpdateChainPolicyInput,
  ) {
    const command = { actor, expectedVersion, sameAgencyTwice };
    return UpdateChainPolicyResult.of(async () => toChainPolicy(await this.updatePolicy.execute(command)));
  }
}

function toChainPolicy({ version, sameAgencyTwice, effectiveFrom }: ChainPolicy): ChainPolicyType {
  return { version, sameAgencyTwice, effectiveFrom };
}
