import { PlatformModule, RelayOutbox, type Settings } from '@evenhand/platform';
import { type DynamicModule, Module } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import { EventsProcessor } from './events.processor';
import { PERIODIC_JOBS, type PeriodicJob } from './periodic-job';
import { ScheduleProcessor } from './schedule.processor';

const MAX_CONNECTIONS = 10;

@Module({})
export class WorkerModule {
  static with(settings: Settings): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        LoggerModule.forRoot({ pinoHttp: { level: settings.logLevel } }),
        PlatformModule.withQueues({ settings, applicationName: 'evenhand-worker', maxConnections: MAX_CONNECTIONS }),
      ],
      providers: [
        EventsProcessor,
        ScheduleProcessor,
        {
          provide: PERIODIC_JOBS,
          inject: [RelayOutbox],
          useFactory: (relay: RelayOutbox): readonly PeriodicJob[] => [
            { name: 'relay-outbox', everyMs: 1_000, run: () => relay.execute() },
          ],
        },
      ],
    };
  }
}
