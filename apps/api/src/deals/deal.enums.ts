import { COMMISSION_KINDS, DEAL_STATES, DELIVERABLE_STATES, GIFT_STATES } from '@evenhand/deals';
import { enumOf } from '../graphql';

export const DealStateEnum = enumOf('DealState', DEAL_STATES);
export const DeliverableStateEnum = enumOf('DeliverableState', DELIVERABLE_STATES);
export const GiftStateEnum = enumOf('GiftState', GIFT_STATES);
export const CommissionKindEnum = enumOf('CommissionKind', COMMISSION_KINDS);
