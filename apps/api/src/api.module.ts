import { PlatformModule, type Settings } from '@evenhand/platform';
import { type DynamicModule, Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { LoggerModule } from 'nestjs-pino';
import { EdgeModule } from './graphql/edge.module';
import { HealthController } from './http/health.controller';
import { loggingOptions } from './http/logging';

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
      ],
      controllers: [HealthController],
    };
  }
}
