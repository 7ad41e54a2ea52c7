import { type AccountKind, CHART_OF_ACCOUNTS, ESCROW_PURPOSES, TRANSACTION_KINDS } from '@evenhand/ledger';
import { enumOf } from '../graphql';

export const AccountKindEnum = enumOf('LedgerAccountKind', Object.keys(CHART_OF_ACCOUNTS) as AccountKind[]);
export const AccountClassEnum = enumOf('LedgerAccountClass', [
  ...new Set(Object.values(CHART_OF_ACCOUNTS).map((rule) => rule.class)),
]);
export const NormalSideEnum = enumOf('LedgerSide', ['debit', 'credit']);
export const EscrowPurposeEnum = enumOf('LedgerEscrowPurpose', ESCROW_PURPOSES);
export const TransactionKindEnum = enumOf('LedgerTransactionKind', TRANSACTION_KINDS);
