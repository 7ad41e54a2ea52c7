import { COMPENSATION_KINDS } from '@evenhand/kernel';
import { BATCH_STATES, ITEM_STATES, NOT_PAID_REASONS, REPORT_KEYS } from '@evenhand/payouts';
import { registerEnumType } from '@nestjs/graphql';

/** An enum whose values are those of the domain in upper case. */
function enumOf<Value extends string>(name: string, values: readonly Value[]): Readonly<Record<string, Value>> {
  const enumeration = Object.fromEntries(values.map((value) => [value.toUpperCase(), value]));
  registerEnumType(enumeration, { name });
  return enumeration;
}

export const PayoutBatchStateEnum = enumOf('PayoutBatchState', BATCH_STATES);
export const PayoutItemStateEnum = enumOf('PayoutItemState', ITEM_STATES);
export const NotPaidReasonEnum = enumOf('NotPaidReason', NOT_PAID_REASONS);
export const WhoMustActEnum = enumOf('WhoMustAct', [
  'nobody',
  'system',
  'payee',
  'brand',
  'finance_preparer',
  'finance_approver',
  'operator',
]);
export const PayoutReportKeyEnum = enumOf('PayoutReportKey', REPORT_KEYS);
export const ShareRoleEnum = enumOf('ShareRole', ['platform', 'agency', 'influencer']);
export const EarningKindEnum = enumOf('EarningKind', COMPENSATION_KINDS);
export const EarningSourceEnum = enumOf('EarningSource', ['deliverable', 'sale']);
