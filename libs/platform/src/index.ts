export { InvalidSetting } from './config/invalid-setting';
export type { S3Settings } from './config/s3-settings';
export { dataDirectoryOf, portOf, readSettings, type Settings } from './config/settings';
export { SETTINGS } from './config/settings.token';
export { FieldCipher, type EncryptionKey } from './crypto/field-cipher';
export { resealColumns, type SealedColumn } from './crypto/reseal-columns';
export { AUDIT_DIGESTS, KeyedDigest } from './crypto/keyed-digest';
export { bytesArray, nullableArray, plainArray } from './database/array-literals';
export { bigintColumn } from './database/columns';
export { Numbering } from './database/numbering';
export { APPLICATION_ROLE, dataSourceOptions, type PoolSettings } from './database/data-source';
export { constraintOf, sqlStateOf } from './database/retryable-errors';
export { runMigrations } from './database/run-migrations';
export { SystemCalls } from './database/system-calls';
export { managerOf, queryPrepared } from './database/typeorm-transaction';
export { TypeormUnitOfWork } from './database/typeorm-unit-of-work';
export { loggedError } from './logging/logged-error';
export { OutboxDispatcher } from './outbox/outbox-dispatcher';
export { RelayOutbox } from './outbox/relay-outbox';
export { TypeormOutbox } from './outbox/typeorm-outbox';
export { PlatformModule, type PlatformOptions } from './platform.module';
export { migrateQueues } from './queues/queue-backend';
export {
  EMAILS_QUEUE,
  EVENTS_QUEUE,
  IMPORT_QUEUE,
  INTAKE_QUEUE,
  SCHEDULE_QUEUE,
  TAKE_OVER,
  WEBHOOKS_QUEUE,
  type EventJob,
} from './queues/queue-names';
export { UuidV7Generator } from './uuid-v7-generator';
export { exitWithParent } from './process/exit-with-parent';
export * from './embedded-postgres';
