import {
  ATTRIBUTION_MODELS,
  BID_STATES,
  BONUS_SPLITS,
  CAMPAIGN_ORDERS,
  CAMPAIGN_STATES,
  COMMISSION_BASES,
  DELIVERABLE_KINDS,
  LINKS_POLICIES,
  OFFERED_KINDS,
} from '@evenhand/campaigns';
import { enumOf } from '../graphql';

export const CampaignStateEnum = enumOf('CampaignState', CAMPAIGN_STATES);
/** What fits one influencer best first; it needs to know which. */
export const BEST_MATCH = 'best_match';
export const CampaignOrderEnum = enumOf('CampaignOrder', [...CAMPAIGN_ORDERS, BEST_MATCH]);
export const BidStateEnum = enumOf('BidState', BID_STATES);
export const OfferSideEnum = enumOf('OfferSide', ['brand', 'influencer']);
export const DifferenceKindEnum = enumOf('DifferenceKind', ['added', 'removed', 'changed']);
export const DeliverableKindEnum = enumOf('DeliverableKind', DELIVERABLE_KINDS);
export const LinksPolicyEnum = enumOf('LinksPolicy', LINKS_POLICIES);
export const OfferedKindEnum = enumOf('OfferedKind', OFFERED_KINDS);
export const BonusSplitEnum = enumOf('BonusSplit', BONUS_SPLITS);
export const AttributionModelEnum = enumOf('AttributionModel', ATTRIBUTION_MODELS);
export const CommissionBaseEnum = enumOf('CommissionBase', COMMISSION_BASES);
