import type { AssignedDeal, IntakeProblem, RefundCorrection, ReplayedProblem, SaleCorrection } from '@evenhand/sales';
import { fromGlobalId, toGlobalId } from '../graphql';
import type { AssignedDealInput, RefundCorrectionInput, SaleCorrectionInput } from './inbox.inputs';
import type { IntakeProblemType, ReplayedProblemType } from './inbox.types';
import { minorOf, toSaleLine } from './sale-events.mapper';

export function toIntakeProblem({
  problemId,
  importId,
  mends,
  brandId: _brand,
  ...problem
}: IntakeProblem): IntakeProblemType {
  return {
    ...problem,
    id: toGlobalId('problem', problemId),
    importId: importId === null ? null : toGlobalId('import', importId),
    mends: mends.map(({ mendId, madeBy, action, changes, note, outcome, madeAt }) => ({
      id: toGlobalId('mend', mendId),
      action,
      changes,
      note,
      outcome,
      madeBy: madeBy === null ? null : toGlobalId('user', madeBy),
      madeAt,
    })),
  };
}

export function toReplayedProblem({ problemId, outcome, reason }: ReplayedProblem): ReplayedProblemType {
  return { id: toGlobalId('problem', problemId), outcome, reason };
}

/** Amounts bring the currency with them. Throws as `toSaleEvent`. */
export function toSaleCorrection(input: SaleCorrectionInput): SaleCorrection {
  const { lines, base, ...rest } = input;
  const currency = base?.currency ?? lines?.[0]?.unitPrice.currency ?? null;
  if (currency === null) return rest;
  return {
    ...rest,
    currency,
    ...(lines && { lines: lines.map((line) => toSaleLine(line, currency)) }),
    ...(base && { baseMinor: minorOf(base, currency) }),
  };
}

export function toRefundCorrection({ amount, ...rest }: RefundCorrectionInput): RefundCorrection {
  if (amount === null) return rest;
  return { ...rest, currency: amount.currency, amountMinor: minorOf(amount, amount.currency) };
}

export function toAssignedDeal({ dealId, kind }: AssignedDealInput): AssignedDeal {
  return { dealId: fromGlobalId('deal', dealId), kind };
}
