import type { MigrationInterface, QueryRunner } from 'typeorm';
import { AUDITED_TABLES } from './audit-log/audited-tables';
import { ENTRIES, RECORDING, VISIBILITY } from './audit-log/recording.sql';
import { CHAIN, SEALING, VERIFYING } from './audit-log/sealing.sql';
import { watchTable } from './audit-log/watch-table';

/**
 * The audit log: an entry for every change of state, written by triggers of the tables themselves in the same transaction,
 * and the chain of hashes over the finished ones. It comes after all tables of state.
 */
export class AuditLog1764000090000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ENTRIES);
    await runner.query(CHAIN);
    await runner.query(RECORDING);
    await runner.query(SEALING);
    await runner.query(VERIFYING);
    await runner.query(VISIBILITY);
    for (const table of AUDITED_TABLES) await watchTable(runner, table);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const { table } of AUDITED_TABLES) {
      await runner.query(`drop trigger audit_added_or_removed on ${table}; drop trigger audit_changed on ${table}`);
    }
    await runner.query('drop schema audit cascade');
  }
}
