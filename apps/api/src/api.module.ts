import { PlatformModule, type Settings } from '@evenhand/platform';
import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { TerminusModule } from '@nestjs/terminus';
import { LoggerModule } from 'nestjs-pino';
import { AuditApiModule } from './audit/audit.api.module';
import { CampaignsApiModule } from './campaigns';
import { DealsApiModule } from './deals/deals.api.module';
import { DiscoveryApiModule } from './discovery/discovery.api.module';
import { EdgeModule } from './graphql/edge.module';
import { IdentityApiModule } from './identity';
import { PartiesApiModule } from './parties';
import { FileBodies } from './http/file-bodies';
import { HealthController } from './http/health.controller';
import { loggingOptions } from './http/logging';
import { PassGraphqlErrorsFilter } from './http/pass-graphql-errors.filter';
import { LedgerApiModule } from './ledger/ledger.api.module';
import { MessagesApiModule } from './messages/messages.api.module';
import { NotificationsApiModule } from './notifications/notifications.api.module';
import { PayoutsApiModule } from './payouts/payouts.api.module';
import { PrivacyApiModule } from './privacy/privacy.api.module';
import { SalesApiModule } from './sales/sales.api.module';
import { WebhooksApiModule } from './webhooks/webhooks.api.module';

const MAX_CONNECTIONS = 20;

@Module({})
export class ApiModule {
  static with(settings: Settings): DynamicModule {
    return {
      module: ApiModule,
      imports: [
        LoggerModule.forRoot(loggingOptions(settings)),
        PlatformModule.withoutQueues({ settings, applicationName: 'evenhand-api', maxConnections: MAX_CONNECTIONS }),
        TerminusModule,
        EdgeModule,
        IdentityApiModule,
        PartiesApiModule,
        CampaignsApiModule,
        DiscoveryApiModule,
        DealsApiModule,
        MessagesApiModule,
        LedgerApiModule,
        SalesApiModule,
        PayoutsApiModule,
        WebhooksApiModule,
        AuditApiModule,
        NotificationsApiModule,
        PrivacyApiModule,
      ],
      controllers: [HealthController],
      providers: [FileBodies, { provide: APP_FILTER, useClass: PassGraphqlErrorsFilter }],
    };
  }
}
