import { BATCH_STATES, ITEM_STATES, NOT_PAID_REASONS, REPORT_KEYS } from '@evenhand/payouts';
import { enumOf } from '../graphql';

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
