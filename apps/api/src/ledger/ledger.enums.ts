import { COMPENSATION_KINDS } from '@evenhand/kernel';
import {
  type AccountKind,
  CHART_OF_ACCOUNTS,
  ESCROW_PURPOSES,
  SHARE_ROLES,
  SOURCE_TYPES,
  TRANSACTION_KINDS,
} from '@evenhand/ledger';
import { registerEnumType } from '@nestjs/graphql';

/** The values of a domain list under the upper-case names that GraphQL shows. */
function enumOf<Value extends string>(name: string, values: readonly Value[]): Readonly<Record<string, Value>> {
  const enumeration = Object.fromEntries(values.map((value) => [value.toUpperCase(), value]));
  registerEnumType(enumeration, { name });
  return enumeration;
}

export const AccountKindEnum = enumOf('LedgerAccountKind', Object.keys(CHART_OF_ACCOUNTS) as AccountKind[]);
export const AccountClassEnum = enumOf('LedgerAccountClass', [
  ...new Set(Object.values(CHART_OF_ACCOUNTS).map((rule) => rule.class)),
]);
export const NormalSideEnum = enumOf('LedgerSide', ['debit', 'credit']);
export const EscrowPurposeEnum = enumOf('LedgerEscrowPurpose', ESCROW_PURPOSES);
export const TransactionKindEnum = enumOf('LedgerTransactionKind', TRANSACTION_KINDS);
export const EarningKindEnum = enumOf('LedgerEarningKind', COMPENSATION_KINDS);
export const SourceTypeEnum = enumOf('LedgerSourceType', SOURCE_TYPES);
export const ShareRoleEnum = enumOf('LedgerShareRole', SHARE_ROLES);
export const ShareStateEnum = enumOf('LedgerShareState', ['held', 'released']);
