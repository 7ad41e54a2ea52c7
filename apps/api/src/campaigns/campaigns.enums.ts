import {
  BID_STATES,
  CAMPAIGN_ORDERS,
  CAMPAIGN_STATES,
  CHANNEL_PLATFORMS,
  COMMISSION_BASES,
  DELIVERABLE_KINDS,
  LINKS_POLICIES,
  OFFERED_KINDS,
} from '@evenhand/campaigns';
import { registerEnumType } from '@nestjs/graphql';

/** An enum whose values are those of the domain, in upper case. */
function enumOf<Value extends string>(name: string, values: readonly Value[]): Readonly<Record<string, Value>> {
  const enumeration = Object.fromEntries(values.map((value) => [value.toUpperCase(), value]));
  registerEnumType(enumeration, { name });
  return enumeration;
}

export const CampaignStateEnum = enumOf('CampaignState', CAMPAIGN_STATES);
export const CampaignOrderEnum = enumOf('CampaignOrder', CAMPAIGN_ORDERS);
export const BidStateEnum = enumOf('BidState', BID_STATES);
export const OfferSideEnum = enumOf('OfferSide', ['brand', 'influencer']);
export const ChannelPlatformEnum = enumOf('BriefChannel', CHANNEL_PLATFORMS);
export const DeliverableKindEnum = enumOf('DeliverableKind', DELIVERABLE_KINDS);
export const LinksPolicyEnum = enumOf('LinksPolicy', LINKS_POLICIES);
export const OfferedKindEnum = enumOf('OfferedKind', OFFERED_KINDS);
export const CommissionBaseEnum = enumOf('CommissionBase', COMMISSION_BASES);
