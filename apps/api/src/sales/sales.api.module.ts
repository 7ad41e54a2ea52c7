import { SalesModule } from '@evenhand/sales';
import { Module } from '@nestjs/common';
import { RequestContextModule } from '../graphql';
import { FileBodies } from './file-bodies';
import { ImportsController } from './imports.controller';
import { ImportsResolver } from './imports.resolver';
import { InboxResolver } from './inbox.resolver';
import { IntakeMetrics } from './intake-metrics';
import { SalesWebhooksController } from './sales-webhooks.controller';
import { SalesSourcesResolver } from './sources.resolver';
import { SalesResolver } from './sales.resolver';

@Module({
  imports: [SalesModule, RequestContextModule],
  controllers: [SalesWebhooksController, ImportsController],
  providers: [SalesResolver, SalesSourcesResolver, InboxResolver, ImportsResolver, IntakeMetrics, FileBodies],
})
export class SalesApiModule {}
