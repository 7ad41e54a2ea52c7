import { registerEnumType } from '@nestjs/graphql';

/** The values of the application under the upper-case names that GraphQL shows. */
function enumOf<Value extends string>(name: string, values: readonly Value[]): Readonly<Record<string, Value>> {
  const enumeration = Object.fromEntries(values.map((value) => [value.toUpperCase(), value]));
  registerEnumType(enumeration, { name });
  return enumeration;
}

export const SaleStatusEnum = enumOf('SaleStatus', ['recorded', 'partially_refunded', 'refunded']);
export const AttributionBasisEnum = enumOf('AttributionBasis', ['code', 'link']);
export const SaleOutcomeEnum = enumOf('SaleOutcome', ['recorded', 'duplicate', 'unattributed', 'refused']);
export const RefundOutcomeEnum = enumOf('RefundOutcome', ['recorded', 'duplicate', 'parked', 'refused']);
export const IntakeKindEnum = enumOf('IntakeKind', ['sale', 'refund']);
export const IntakeProblemStateEnum = enumOf('IntakeProblemState', ['unattributed', 'refused', 'parked']);
