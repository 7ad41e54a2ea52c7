import { FORECAST_BASES, NO_FORECAST_REASONS, RISK_REASONS } from '@evenhand/sales';
import { enumOf } from '../graphql';

export const ForecastBasisEnum = enumOf('ForecastBasis', FORECAST_BASES);
export const NoForecastReasonEnum = enumOf('NoForecastReason', NO_FORECAST_REASONS);
export const SaleStatusEnum = enumOf('SaleStatus', ['recorded', 'partially_refunded', 'refunded']);
export const SaleReviewEnum = enumOf('SaleReview', ['held', 'cleared', 'confirmed']);
export const RefundReasonEnum = enumOf('RefundReason', ['returned', 'risk']);
export const RiskHoldStateEnum = enumOf('RiskHoldState', ['open', 'cleared', 'confirmed']);
export const RiskReasonEnum = enumOf('RiskReason', RISK_REASONS);
export const AttributionBasisEnum = enumOf('AttributionBasis', ['code', 'click', 'link']);
export const AttributionRuleEnum = enumOf('AttributionRule', ['code', 'last_click', 'first_click', 'stated_link']);
export const CandidateOutcomeEnum = enumOf('CandidateOutcome', [
  'won',
  'beaten',
  'unknown',
  'outside_active_period',
  'outside_window',
  'filtered',
]);
export const SaleOutcomeEnum = enumOf('SaleOutcome', ['recorded', 'duplicate', 'unattributed', 'refused']);
export const RefundOutcomeEnum = enumOf('RefundOutcome', ['recorded', 'duplicate', 'parked', 'refused']);
export const SourceFormatEnum = enumOf('SourceFormat', ['shopify', 'standard']);
export const IntakeKindEnum = enumOf('IntakeKind', ['sale', 'refund']);
export const IntakeViaEnum = enumOf('IntakeVia', ['api', 'file', 'webhook']);
export const ProblemFormEnum = enumOf('IntakeProblemForm', ['event', 'message', 'row']);
export const ProblemStatusEnum = enumOf('IntakeProblemStatus', ['open', 'mended', 'dismissed']);
export const IntakeProblemStateEnum = enumOf('IntakeProblemState', [
  'unattributed',
  'refused',
  'parked',
  'unreadable',
  'recorded',
  'taken',
]);
export const MendActionEnum = enumOf('MendAction', ['mended', 'replayed', 'dismissed']);
export const ReplayOutcomeEnum = enumOf('ReplayOutcome', [
  'recorded',
  'duplicate',
  'unattributed',
  'refused',
  'parked',
  'unreadable',
  'waiting',
  'dismissed',
]);
export const FileStyleEnum = enumOf('FileStyle', ['lines', 'transactions', 'shopify']);
export const FileDatesEnum = enumOf('FileDates', ['zoned', 'year_first', 'day_first', 'month_first']);
export const ImportStateEnum = enumOf('ImportState', ['receiving', 'waiting', 'running', 'done', 'failed']);
export const ImportOutcomeEnum = enumOf('ImportOutcome', ['unreadable', 'refused', 'unattributed', 'parked']);
