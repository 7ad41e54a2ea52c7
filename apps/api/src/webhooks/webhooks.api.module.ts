import { WebhooksModule } from '@evenhand/webhooks';
import { Module } from '@nestjs/common';
import { WebhookEndpointsResolver } from './endpoints.resolver';
import { WebhookMessagesResolver } from './messages.resolver';
import { WebhookMetrics } from './webhook-metrics';

@Module({
  imports: [WebhooksModule],
  providers: [WebhookEndpointsResolver, WebhookMessagesResolver, WebhookMetrics],
})
export class WebhooksApiModule {}
