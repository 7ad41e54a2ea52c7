import type { MigrationInterface } from 'typeorm';
import { Access1764000001000 } from './0001-access';
import { Outbox1764000002000 } from './0002-outbox';
import { Identity1764000010000 } from './0010-identity';
import { Sales1764000050000 } from './0050-sales';

/** Every migration of the product, in the order in which they run. */
export const MIGRATIONS: readonly (new () => MigrationInterface)[] = [
  Access1764000001000,
  Outbox1764000002000,
  Identity1764000010000,
  Sales1764000050000,
];
