import { COMMISSION_KINDS, DEAL_STATES, DELIVERABLE_STATES, GIFT_STATES } from '@evenhand/deals';
import { COMPENSATION_KINDS } from '@evenhand/kernel';
import { registerEnumType } from '@nestjs/graphql';

/** The values of a domain list under the upper-case names that GraphQL shows. */
function enumOf<Value extends string>(name: string, values: readonly Value[]): Readonly<Record<string, Value>> {
  const enumeration = Object.fromEntries(values.map((value) => [value.toUpperCase(), value]));
  registerEnumType(enumeration, { name });
  return enumeration;
}

export const DealStateEnum = enumOf('DealState', DEAL_STATES);
export const DeliverableStateEnum = enumOf('DeliverableState', DELIVERABLE_STATES);
export const GiftStateEnum = enumOf('GiftState', GIFT_STATES);
export const CommissionKindEnum = enumOf('CommissionKind', COMMISSION_KINDS);
/** The kinds of money that a split plan is kept for. */
export const SplitKindEnum = enumOf('SplitKind', COMPENSATION_KINDS);
