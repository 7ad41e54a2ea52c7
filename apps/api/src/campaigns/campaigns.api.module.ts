import { CampaignsModule } from '@evenhand/campaigns';
import { Module } from '@nestjs/common';
import { BidsResolver } from './bids.resolver';
import { CampaignsResolver } from './campaigns.resolver';

@Module({ imports: [CampaignsModule], providers: [CampaignsResolver, BidsResolver] })
export class CampaignsApiModule {}
