import { SalesModule } from '@evenhand/sales';
import { Module } from '@nestjs/common';
import { IntakeMetrics } from './intake-metrics';
import { SalesWebhooksController } from './sales-webhooks.controller';
import { SalesSourcesResolver } from './sources.resolver';
import { SalesResolver } from './sales.resolver';

@Module({
  imports: [SalesModule],
  controllers: [SalesWebhooksController],
  providers: [SalesResolver, SalesSourcesResolver, IntakeMetrics],
})
export class SalesApiModule {}
