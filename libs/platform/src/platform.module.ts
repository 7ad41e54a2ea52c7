import { Clock, FileStorage, IdGenerator, Outbox, SystemClock, UnitOfWork } from '@evenhand/kernel';
import { BullModule } from '@nestjs/bullmq';
import { type DynamicModule, Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { type Settings } from './config/settings';
import { SETTINGS } from './config/settings.token';
import { loadEncryptionKeys } from './crypto/encryption-keys';
import { FieldCipher } from './crypto/field-cipher';
import { AUDIT_DIGESTS, KeyedDigest } from './crypto/keyed-digest';
import { dataSourceOptions } from './database/data-source';
import { SystemCalls } from './database/system-calls';
import { TypeormUnitOfWork } from './database/typeorm-unit-of-work';
import { fileStorageOf } from './files/file-storage-of';
import { OutboxDispatcher } from './outbox/outbox-dispatcher';
import { OutboxReader } from './outbox/outbox-reader';
import { RelayOutbox } from './outbox/relay-outbox';
import { TypeormOutbox } from './outbox/typeorm-outbox';
import { BullJobQueue } from './queues/bull-job-queue';
import { JobQueue } from './queues/job-queue';
import { queueConnection, useQueueBackend } from './queues/queue-backend';
import {
  EMAILS_QUEUE,
  EVENTS_QUEUE,
  IMPORT_QUEUE,
  INTAKE_QUEUE,
  SCHEDULE_QUEUE,
  WEBHOOKS_QUEUE,
} from './queues/queue-names';
import { UuidV7Generator } from './uuid-v7-generator';

export interface PlatformOptions {
  readonly settings: Settings;
  readonly applicationName: string;
  readonly maxConnections: number;
  /** Another source of the present, for the demo world's story. */
  readonly clock?: Clock;
}

const ALWAYS = [
  { provide: IdGenerator, useClass: UuidV7Generator },
  { provide: UnitOfWork, useClass: TypeormUnitOfWork },
  { provide: Outbox, useClass: TypeormOutbox },
  { provide: SystemCalls, useClass: SystemCalls },
];

/** What every context stands on: database, transactions, outbox, ids, clock, encryption, files; and the queues. */
@Global()
@Module({})
export class PlatformModule {
  /** Database and outbox alone, for processes that enqueue and process nothing (command line, demo loader). */
  static withoutQueues(options: PlatformOptions): DynamicModule {
    const clock = { provide: Clock, useValue: options.clock ?? new SystemClock() };
    const providers = [clock, ...ALWAYS, ...settingsProviders(options.settings)];
    return {
      module: PlatformModule,
      imports: [database(options)],
      providers,
      exports: providers.map((provider) => provider.provide),
    };
  }

  static withQueues(options: PlatformOptions): DynamicModule {
    useQueueBackend(options.settings);
    const base = PlatformModule.withoutQueues(options);
    const queues = [
      BullModule.forRoot({ connection: queueConnection(options.settings) }),
      BullModule.registerQueue(
        { name: EVENTS_QUEUE },
        { name: SCHEDULE_QUEUE },
        { name: INTAKE_QUEUE },
        { name: WEBHOOKS_QUEUE },
        { name: EMAILS_QUEUE },
        { name: IMPORT_QUEUE },
      ),
    ];
    const outbox = [OutboxReader, OutboxDispatcher, RelayOutbox];
    return {
      ...base,
      imports: [...(base.imports ?? []), DiscoveryModule, ...queues],
      providers: [...(base.providers ?? []), ...outbox, { provide: JobQueue, useClass: BullJobQueue }],
      exports: [...(base.exports ?? []), ...outbox, JobQueue, BullModule],
    };
  }
}

function database(options: PlatformOptions): DynamicModule {
  return TypeOrmModule.forRoot({
    ...dataSourceOptions({
      databaseUrl: options.settings.databaseUrl,
      applicationName: options.applicationName,
      maxConnections: options.maxConnections,
      auditKey: new KeyedDigest(keysOf(options.settings)).paddedKeyFor(AUDIT_DIGESTS),
    }),
    autoLoadEntities: true,
    retryAttempts: 3,
    retryDelay: 500,
  });
}

function settingsProviders(settings: Settings) {
  return [
    { provide: SETTINGS, useValue: settings },
    {
      provide: FieldCipher,
      useFactory: () => new FieldCipher(keysOf(settings)),
    },
    { provide: KeyedDigest, useFactory: () => new KeyedDigest(keysOf(settings)) },
    { provide: FileStorage, useFactory: () => fileStorageOf(settings) },
  ];
}

function keysOf(settings: Settings) {
  return loadEncryptionKeys(settings.encryptionKeys, settings.dataDirectory);
}
