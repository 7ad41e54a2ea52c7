import { IdentityModule } from '@evenhand/identity';
import { PartiesModule } from '@evenhand/parties';
import { Module } from '@nestjs/common';
import { AuditLog } from './application/audit-log';
import { GetAuditLog, ListAuditLog } from './application/list-audit-log';
import { SealAuditLog } from './application/seal-audit-log';
import { GetAuditHead, VerifyAuditLog } from './application/verify-audit-log';
import { SqlAuditLog } from './infrastructure/sql-audit-log';

const USE_CASES = [ListAuditLog, GetAuditLog, SealAuditLog, VerifyAuditLog, GetAuditHead];

/** Needs the platform's unit of work, which is global. */
@Module({
  imports: [IdentityModule, PartiesModule],
  providers: [...USE_CASES, { provide: AuditLog, useClass: SqlAuditLog }],
  exports: [...USE_CASES],
})
export class AuditModule {}
