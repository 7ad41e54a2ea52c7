export {
  type CommissionDeal,
  type CommissionKind,
  DealDirectory,
  type DealSummary,
  type TrackedCommissionDeal,
} from './application/deal-directory';
export { DEAL_STATES, type DealState } from './domain/deal';
export { DELIVERABLE_STATES, type DeliverableState } from './domain/deliverable';
export * from './domain/errors';
export { GIFT_STATES, type GiftState } from './domain/gift';
export { normaliseCode } from './domain/tracking-code';
