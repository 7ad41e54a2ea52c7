import { type Actor, InvalidInput, InvalidTransition } from '@evenhand/kernel';
import { BookNotOpen } from '@evenhand/ledger';
import { DismissProblems, ListIntakeProblems, MendProblem, ReplayProblems } from '@evenhand/sales';
import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentActor, fromGlobalId, Input, resultUnion, toConnection } from '../graphql';
import {
  DismissIntakeProblemsInput,
  fromProblemFilter,
  IntakeProblemsArgs,
  MendIntakeProblemInput,
  ReplayIntakeProblemsInput,
  ReplayMatchingProblemsInput,
} from './inbox.inputs';
import {
  toAssignedDeal,
  toIntakeProblem,
  toRefundCorrection,
  toReplayedProblem,
  toSaleCorrection,
} from './inbox.mapper';
import { IntakeProblemConnection, ProblemMended, ProblemsDismissed, ProblemsReplayed } from './inbox.types';

const MendIntakeProblemResult = resultUnion('MendIntakeProblemResult', () => ProblemMended, [
  InvalidInput,
  InvalidTransition,
  BookNotOpen,
]);
const ReplayIntakeProblemsResult = resultUnion('ReplayIntakeProblemsResult', () => ProblemsReplayed, [
  InvalidTransition,
  BookNotOpen,
]);
const DismissIntakeProblemsResult = resultUnion('DismissIntakeProblemsResult', () => ProblemsDismissed, [
  InvalidTransition,
]);

@Resolver()
export class InboxResolver {
  constructor(
    private readonly listProblems: ListIntakeProblems,
    private readonly mendProblem: MendProblem,
    private readonly replayProblems: ReplayProblems,
    private readonly dismissProblems: DismissProblems,
  ) {}

  @Query(() => IntakeProblemConnection, {
    description: 'The inbox of a brand: what came and could not be recorded, newest first.',
  })
  async intakeProblems(
    @CurrentActor() actor: Actor,
    @Args() { filter, ...page }: IntakeProblemsArgs,
  ): Promise<IntakeProblemConnection> {
    const listed = await this.listProblems.execute({ actor, filter: fromProblemFilter(filter), page });
    return toConnection(listed, toIntakeProblem);
  }

  @Mutation(() => MendIntakeProblemResult.type, {
    description:
      'Corrects a problem and takes it in again; what came stays as it is, the correction is kept beside it.',
  })
  mendIntakeProblem(@CurrentActor() actor: Actor, @Input() input: MendIntakeProblemInput) {
    return MendIntakeProblemResult.of(async () => {
      const { sale, deal, refund, rows } = input;
      const replayed = await this.mendProblem.execute({
        actor,
        brandId: fromGlobalId('party', input.brandId),
        problemId: fromGlobalId('problem', input.problemId),
        sale: sale && toSaleCorrection(sale),
        deal: deal && toAssignedDeal(deal),
        refund: refund && toRefundCorrection(refund),
        rows,
      });
      return { problem: toReplayedProblem(replayed) };
    });
  }

  @Mutation(() => ReplayIntakeProblemsResult.type, {
    description: 'Takes problems in again as they are: after a code was made, a deal became active, a sale came.',
  })
  replayIntakeProblems(@CurrentActor() actor: Actor, @Input() input: ReplayIntakeProblemsInput) {
    return ReplayIntakeProblemsResult.of(async () => {
      const replayed = await this.replayProblems.execute({ actor, ...problemsOf(input) });
      return { problems: replayed.map(toReplayedProblem), endCursor: null };
    });
  }

  @Mutation(() => ReplayIntakeProblemsResult.type, {
    description: 'Takes all open problems in again that a filter holds for, a part a call.',
  })
  replayMatchingProblems(@CurrentActor() actor: Actor, @Input() { filter, after }: ReplayMatchingProblemsInput) {
    return ReplayIntakeProblemsResult.of(async () => {
      const part = await this.replayProblems.matching({ actor, filter: fromProblemFilter(filter), after });
      return { problems: part.problems.map(toReplayedProblem), endCursor: part.endCursor };
    });
  }

  @Mutation(() => DismissIntakeProblemsResult.type, {
    description: 'Takes problems off the open list, with a reason; they may still be mended or replayed.',
  })
  dismissIntakeProblems(@CurrentActor() actor: Actor, @Input() input: DismissIntakeProblemsInput) {
    return DismissIntakeProblemsResult.of(() =>
      this.dismissProblems.execute({ actor, ...problemsOf(input), note: input.note }),
    );
  }
}

function problemsOf(input: ReplayIntakeProblemsInput) {
  return {
    brandId: fromGlobalId('party', input.brandId),
    problemIds: input.problemIds.map((id) => fromGlobalId('problem', id)),
  };
}
