import {
  APPEAL_DECIDERS,
  APPEAL_DECISIONS,
  CLASH_DIRECTIONS,
  COMMISSION_KINDS,
  CORRECTION_STATES,
  DATED_TERM_STATES,
  DEAL_SIDES,
  DEAL_STATES,
  DELIVERABLE_STATES,
  FILE_KINDS,
  GIFT_EVENTS,
  GIFT_RETURN_STATES,
  GIFT_STATES,
  METRIC_SOURCES,
  POST_DOUBTS,
  PUBLICATION_CHECKS,
  VERSION_OUTCOMES,
} from '@evenhand/deals';
import { enumOf } from '../graphql';

export const DealStateEnum = enumOf('DealState', DEAL_STATES);
export const DeliverableStateEnum = enumOf('DeliverableState', DELIVERABLE_STATES);
export const VersionOutcomeEnum = enumOf('VersionOutcome', VERSION_OUTCOMES);
export const FileKindEnum = enumOf('FileKind', FILE_KINDS);
export const DatedTermStateEnum = enumOf('DatedTermState', DATED_TERM_STATES);
export const ClashDirectionEnum = enumOf('ClashDirection', CLASH_DIRECTIONS);
export const PublicationCheckEnum = enumOf('PublicationCheck', PUBLICATION_CHECKS);
export const PostDoubtEnum = enumOf('PostDoubt', POST_DOUBTS);
export const MetricSourceEnum = enumOf('MetricSource', METRIC_SOURCES);
export const GiftStateEnum = enumOf('GiftState', GIFT_STATES);
export const GiftEventEnum = enumOf('GiftEvent', GIFT_EVENTS);
export const GiftReturnStateEnum = enumOf('GiftReturnState', GIFT_RETURN_STATES);
export const AppealDecisionEnum = enumOf('AppealDecision', APPEAL_DECISIONS);
export const AppealDeciderEnum = enumOf('AppealDecider', APPEAL_DECIDERS);
export const CorrectionStateEnum = enumOf('GiftCorrectionState', CORRECTION_STATES);
export const DealSideEnum = enumOf('DealSide', DEAL_SIDES);
/** What a cut is taken of; `on_top` is paid by the brand beside the amount agreed on. */
export const PlanCutBaseEnum = enumOf('PlanCutBase', ['gross', 'remainder', 'on_top']);
export const CommissionKindEnum = enumOf('CommissionKind', COMMISSION_KINDS);
