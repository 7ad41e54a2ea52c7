import { CampaignsModule } from '@evenhand/campaigns';
import { DiscoveryModule } from '@evenhand/discovery';
import { Module } from '@nestjs/common';
import { BidsResolver } from './bids.resolver';
import { CampaignsResolver } from './campaigns.resolver';
import { OfferDifferenceResolver } from './offer-difference.resolver';

@Module({
  imports: [CampaignsModule, DiscoveryModule],
  providers: [CampaignsResolver, BidsResolver, OfferDifferenceResolver],
})
export class CampaignsApiModule {}
