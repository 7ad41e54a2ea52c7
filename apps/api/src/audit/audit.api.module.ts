import { AuditModule } from '@evenhand/audit';
import { Module } from '@nestjs/common';
import {
  CampaignAuditLogResolver,
  DealAuditLogResolver,
  MandateAuditLogResolver,
  PayoutBatchAuditLogResolver,
} from './audit-fields.resolvers';
import { AuditLogOf } from './audit-log-of';
import { AuditResolver } from './audit.resolver';

@Module({
  imports: [AuditModule],
  providers: [
    AuditResolver,
    AuditLogOf,
    CampaignAuditLogResolver,
    DealAuditLogResolver,
    MandateAuditLogResolver,
    PayoutBatchAuditLogResolver,
  ],
})
export class AuditApiModule {}
