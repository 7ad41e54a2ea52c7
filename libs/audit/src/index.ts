export type { AuditHead } from './application/audit-log';
export { type AuditEntryView, GetAuditLog, ListAuditLog } from './application/list-audit-log';
export { SealAuditLog, type SealAuditLogCommand } from './application/seal-audit-log';
export { type AuditLogVerified, GetAuditHead, VerifyAuditLog } from './application/verify-audit-log';
export { AuditModule } from './audit.module';
export { AUDIT_INVARIANT, brokenAuditLinks } from './infrastructure/broken-audit-links';
export {
  AUDIT_ACTOR_KINDS,
  type AuditActorKind,
  type AuditChange,
  type AuditedObject,
  type AuditEntry,
} from './domain/audit-entry';
