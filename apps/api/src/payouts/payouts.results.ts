import { IdempotencyConflict, InvalidTransition, UnknownTimeZone } from '@evenhand/kernel';
import { InvalidAmount, UnknownCurrency } from '@evenhand/money';
import {
  ApprovalExpired,
  ApprovalVoid,
  BatchContentChanged,
  EmptyBatch,
  PreparerCannotApprove,
} from '@evenhand/payouts';
import { resultUnion } from '../graphql';
import { PayoutBatchExportType, PayoutBatchType, PayoutItemType } from './batch.types';

const batch = () => PayoutBatchType;
const item = () => PayoutItemType;

export const PreparePayoutBatchResult = resultUnion('PreparePayoutBatchResult', batch, [
  UnknownTimeZone,
  UnknownCurrency,
  InvalidAmount,
  IdempotencyConflict,
]);
export const SubmitPayoutBatchResult = resultUnion('SubmitPayoutBatchResult', batch, [InvalidTransition, EmptyBatch]);
export const ApprovePayoutBatchResult = resultUnion('ApprovePayoutBatchResult', batch, [
  InvalidTransition,
  PreparerCannotApprove,
  BatchContentChanged,
]);
export const RejectPayoutBatchResult = resultUnion('RejectPayoutBatchResult', batch, [InvalidTransition]);
export const CancelPayoutBatchResult = resultUnion('CancelPayoutBatchResult', batch, [InvalidTransition]);
export const ReopenPayoutBatchResult = resultUnion('ReopenPayoutBatchResult', batch, [InvalidTransition]);
export const ExcludePayoutItemResult = resultUnion('ExcludePayoutItemResult', batch, [InvalidTransition]);
export const ExportPayoutBatchResult = resultUnion('ExportPayoutBatchResult', () => PayoutBatchExportType, [
  InvalidTransition,
  ApprovalExpired,
  ApprovalVoid,
]);
export const MarkPayoutItemPaidResult = resultUnion('MarkPayoutItemPaidResult', item, [
  InvalidTransition,
  IdempotencyConflict,
]);
export const MarkPayoutItemRejectedResult = resultUnion('MarkPayoutItemRejectedResult', item, [
  InvalidTransition,
  IdempotencyConflict,
]);
export const MarkPayoutItemUnknownResult = resultUnion('MarkPayoutItemUnknownResult', item, [
  InvalidTransition,
  IdempotencyConflict,
]);
