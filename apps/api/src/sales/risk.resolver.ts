import { type Actor, IdempotencyConflict, InvalidInput } from '@evenhand/kernel';
import {
  ChangeRiskRules,
  CommissionNotTakenBack,
  DecideRiskHold,
  GetRiskRules,
  type HeldSale,
  ListRiskHolds,
  RiskHoldAlreadyDecided,
  RiskRulesSuperseded,
} from '@evenhand/sales';
import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentActor, fromGlobalId, Input, resultUnion, toConnection, toGlobalId } from '../graphql';
import {
  ChangeRiskRulesInput,
  DecideRiskHoldInput,
  fromRiskHoldFilter,
  RiskHoldFilterInput,
  RiskHoldsArgs,
  RiskRulesArgs,
} from './risk.inputs';
import { RiskHoldConnection, RiskHoldDecided, type RiskHoldType, RiskRulesChanged, RiskRulesType } from './risk.types';
import { toSale } from './sales.mapper';

const DecideRiskHoldResult = resultUnion('DecideRiskHoldResult', () => RiskHoldDecided, [
  InvalidInput,
  IdempotencyConflict,
  RiskHoldAlreadyDecided,
  CommissionNotTakenBack,
]);
const ChangeRiskRulesResult = resultUnion('ChangeRiskRulesResult', () => RiskRulesChanged, [
  InvalidInput,
  RiskRulesSuperseded,
]);

@Resolver()
export class RiskResolver {
  constructor(
    private readonly listHolds: ListRiskHolds,
    private readonly decideHold: DecideRiskHold,
    private readonly getRules: GetRiskRules,
    private readonly changeRules: ChangeRiskRules,
  ) {}

  @Query(() => RiskHoldConnection, {
    description: 'Sales that are or were held for review, newest first: a brand’s own; of staff all.',
  })
  async riskHolds(
    @CurrentActor() actor: Actor,
    @Args() { filter, ...page }: RiskHoldsArgs,
  ): Promise<RiskHoldConnection> {
    const wanted = fromRiskHoldFilter(filter ?? new RiskHoldFilterInput());
    return toConnection(await this.listHolds.execute({ actor, filter: wanted, page }), toRiskHold);
  }

  @Mutation(() => DecideRiskHoldResult.type, {
    description: 'Lets a held sale count like any other: it is released when it is due.',
  })
  clearRiskHold(@CurrentActor() actor: Actor, @Input() input: DecideRiskHoldInput) {
    return this.decide(actor, input, 'cleared');
  }

  @Mutation(() => DecideRiskHoldResult.type, {
    description: 'Takes the commission of a held sale back whole, with all that follows from it.',
  })
  confirmRiskHold(@CurrentActor() actor: Actor, @Input() input: DecideRiskHoldInput) {
    return this.decide(actor, input, 'confirmed');
  }

  @Query(() => RiskRulesType, { description: 'By what sales of the brand are held.' })
  riskRules(@CurrentActor() actor: Actor, @Args() { brandId }: RiskRulesArgs): Promise<RiskRulesType> {
    return this.getRules.execute(actor, fromGlobalId('party', brandId));
  }

  @Mutation(() => ChangeRiskRulesResult.type, {
    description: 'Changes by what sales of the brand are held from now on; those on hold stay so.',
  })
  changeRiskRules(@CurrentActor() actor: Actor, @Input() input: ChangeRiskRulesInput) {
    return ChangeRiskRulesResult.of(async () => {
      const { expectedVersion, customerOrders, customerHours, dealOrdersPerHour } = input;
      const terms = { customerOrders, customerHours, dealOrdersPerHour };
      const brandId = fromGlobalId('party', input.brandId);
      return { rules: await this.changeRules.execute({ actor, brandId, terms, expectedVersion }) };
    });
  }

  private decide(
    actor: Actor,
    { riskHoldId, note, idempotencyKey }: DecideRiskHoldInput,
    decision: 'cleared' | 'confirmed',
  ) {
    return DecideRiskHoldResult.of(async () => {
      const holdId = fromGlobalId('risk', riskHoldId);
      const {
        state,
        decidedAt,
        note: kept,
      } = await this.decideHold.execute({
        actor,
        holdId,
        decision,
        note,
        idempotencyKey,
      });
      return { id: toGlobalId('risk', holdId), state, decidedAt, note: kept };
    });
  }
}

function toRiskHold(hold: HeldSale): RiskHoldType {
  const { reasons, explanation, rulesVersion, state, heldAt, decidedAt, decidedBy, note } = hold;
  return {
    id: toGlobalId('risk', hold.holdId),
    sale: toSale(hold.sale),
    reasons,
    explanation,
    rulesVersion,
    state,
    heldAt,
    decidedAt,
    decidedBy: decidedBy === null ? null : toGlobalId('user', decidedBy),
    note,
  };
}
