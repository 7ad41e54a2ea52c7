import type { RiskHoldState, RiskReason } from '@evenhand/sales';
import { Field, GraphQLISODateTime, ID, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../graphql';
import { RiskHoldStateEnum, RiskReasonEnum } from './sales.enums';
import { SaleType } from './sales.types';

@ObjectType('RiskHold', { description: 'A sale of which nothing is released before a person has looked at it.' })
export class RiskHoldType {
  @Field(() => ID)
  id: string;

  @Field(() => SaleType)
  sale: SaleType;

  @Field(() => [RiskReasonEnum])
  reasons: readonly RiskReason[];

  @Field(() => String, { description: 'The rules that it broke, in words and with their figures.' })
  explanation: string;

  @Field(() => Int, { description: 'The version of the brand’s rules by which it is held; 0: those of the product.' })
  rulesVersion: number;

  @Field(() => RiskHoldStateEnum, {
    description: 'CLEARED: it counts like any other sale; CONFIRMED: its commission was taken back whole.',
  })
  state: RiskHoldState;

  @Field(() => GraphQLISODateTime)
  heldAt: Date;

  @Field(() => GraphQLISODateTime, { nullable: true })
  decidedAt: Date | null;

  @Field(() => ID, { nullable: true, description: 'The user.' })
  decidedBy: string | null;

  @Field(() => String, { nullable: true, description: 'Why it was decided so.' })
  note: string | null;
}

@ObjectType()
export class RiskHoldConnection extends connectionOf(RiskHoldType, 'RiskHold') {}

@ObjectType()
export class RiskHoldDecided {
  @Field(() => ID)
  id: string;

  @Field(() => RiskHoldStateEnum)
  state: RiskHoldState;

  @Field(() => GraphQLISODateTime, { nullable: true })
  decidedAt: Date | null;

  @Field(() => String, { nullable: true })
  note: string | null;
}

@ObjectType('RiskRules', { description: 'By what sales are held for review, beside self-purchases, which always are.' })
export class RiskRulesType {
  @Field(() => Int, { description: '0 where the brand has never changed them.' })
  version: number;

  @Field(() => Int, {
    nullable: true,
    description: 'More orders of one customer on one deal within `customerHours` are held; null: any number goes.',
  })
  customerOrders: number | null;

  @Field(() => Int)
  customerHours: number;

  @Field(() => Int, {
    nullable: true,
    description: 'More orders on one deal within an hour are held; null: any number goes.',
  })
  dealOrdersPerHour: number | null;
}

@ObjectType()
export class RiskRulesChanged {
  @Field(() => RiskRulesType)
  rules: RiskRulesType;
}
