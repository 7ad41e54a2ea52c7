import { IdentityModule } from '@evenhand/identity';
import { NotificationsModule } from '@evenhand/notifications';
import { PartiesModule } from '@evenhand/parties';
import { Module } from '@nestjs/common';
import { EmailMetrics } from './email-metrics';
import { NotificationsResolver } from './notifications.resolver';
import { UnsubscribeController } from './unsubscribe.controller';

@Module({
  imports: [IdentityModule, NotificationsModule, PartiesModule],
  controllers: [UnsubscribeController],
  providers: [NotificationsResolver, EmailMetrics],
})
export class NotificationsApiModule {}
