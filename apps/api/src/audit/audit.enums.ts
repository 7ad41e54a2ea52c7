import { AUDIT_ACTOR_KINDS } from '@evenhand/audit';
import { enumOf } from '../graphql';

export const AuditActorKindEnum = enumOf('AuditActorKind', AUDIT_ACTOR_KINDS);
