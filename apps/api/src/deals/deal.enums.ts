import { COMMISSION_KINDS, DEAL_STATES, DELIVERABLE_STATES, GIFT_STATES } from '@evenhand/deals';
import { enumOf } from '../graphql';

export const DealStateEnum = enumOf('DealState', DEAL_STATES);
export const DeliverableStateEnum = enumOf('DeliverableState', DELIVERABLE_STATES);
export const GiftStateEnum = enumOf('GiftState', GIFT_STATES);
/** What a cut is taken of; `on_top` is paid by the brand beside the amount agreed on. */
export const PlanCutBaseEnum = enumOf('PlanCutBase', ['gross', 'remainder', 'on_top']);
export const CommissionKindEnum = enumOf('CommissionKind', COMMISSION_KINDS);
