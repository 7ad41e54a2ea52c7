import { SalesModule } from '@evenhand/sales';
import { Module } from '@nestjs/common';
import { RequestContextModule } from '../graphql';
import { BidComparisonResolver } from './bid-comparison.resolver';
import { ClickMetrics } from './click-metrics';
import { ClicksOfDeal } from './clicks-of-deal';
import { DealClicksResolver } from './deal-clicks.resolver';
import { ImportsController } from './imports.controller';
import { ImportsResolver } from './imports.resolver';
import { InboxResolver } from './inbox.resolver';
import { IntakeMetrics } from './intake-metrics';
import { LinksController } from './links.controller';
import { CampaignPerformanceResolver, DealPerformanceResolver, PerformanceLoader } from './performance.resolvers';
import { RiskResolver } from './risk.resolver';
import { SalesWebhooksController } from './sales-webhooks.controller';
import { SalesSourcesResolver } from './sources.resolver';
import { SalesResolver } from './sales.resolver';

@Module({
  imports: [SalesModule, RequestContextModule],
  controllers: [SalesWebhooksController, ImportsController, LinksController],
  providers: [
    SalesResolver,
    BidComparisonResolver,
    SalesSourcesResolver,
    InboxResolver,
    ImportsResolver,
    RiskResolver,
    DealClicksResolver,
    ClicksOfDeal,
    PerformanceLoader,
    DealPerformanceResolver,
    CampaignPerformanceResolver,
    IntakeMetrics,
    ClickMetrics,
  ],
})
export class SalesApiModule {}
