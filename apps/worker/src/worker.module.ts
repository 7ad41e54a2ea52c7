import { AuditModule } from '@evenhand/audit';
import { CampaignsModule } from '@evenhand/campaigns';
import { DealsModule } from '@evenhand/deals';
import { DiscoveryModule } from '@evenhand/discovery';
import { IdentityModule } from '@evenhand/identity';
import { LedgerModule } from '@evenhand/ledger';
import { NotificationsModule } from '@evenhand/notifications';
import { PartiesModule } from '@evenhand/parties';
import { loggedError, PlatformModule, type Settings } from '@evenhand/platform';
import { PrivacyModule } from '@evenhand/privacy';
import { type DynamicModule, Module } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import { SalesModule } from '@evenhand/sales';
import { WebhooksModule } from '@evenhand/webhooks';
import { EmailJobs } from './email-jobs';
import { EmailsProcessor } from './emails.processor';
import { EventsProcessor } from './events.processor';
import { ImportJobs } from './import-jobs';
import { ImportProcessor } from './import.processor';
import { IntakeJobs } from './intake-jobs';
import { IntakeProcessor } from './intake.processor';
import { periodicJobs } from './periodic-jobs';
import { ScheduleProcessor } from './schedule.processor';
import { WebhookJobs } from './webhook-jobs';
import { WebhooksProcessor } from './webhooks.processor';

/** Four batches of each of four brands hold one while they overlap; the rest is for all other jobs. */
const MAX_CONNECTIONS = 28;

@Module({})
export class WorkerModule {
  static with(settings: Settings): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        LoggerModule.forRoot({ pinoHttp: { level: settings.logLevel, serializers: { err: loggedError } } }),
        PlatformModule.withQueues({ settings, applicationName: 'evenhand-worker', maxConnections: MAX_CONNECTIONS }),
        IdentityModule,
        PartiesModule,
        CampaignsModule,
        DiscoveryModule,
        DealsModule,
        LedgerModule,
        SalesModule,
        WebhooksModule,
        AuditModule,
        NotificationsModule,
        PrivacyModule,
      ],
      providers: [
        EventsProcessor,
        ScheduleProcessor,
        IntakeProcessor,
        IntakeJobs,
        ImportProcessor,
        ImportJobs,
        WebhooksProcessor,
        WebhookJobs,
        EmailsProcessor,
        EmailJobs,
        periodicJobs,
      ],
    };
  }
}
