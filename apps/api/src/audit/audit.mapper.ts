import type { AuditChange, AuditEntryView } from '@evenhand/audit';
import { isUuid } from '@evenhand/kernel';
import { isIdPrefix, toGlobalId } from '../graphql';
import { toParty } from '../parties/party.types';
import type { AuditChangeType, AuditEntryType } from './audit.types';

export function toAuditEntry({ entry, actorName, apiKeyId, actingParty }: AuditEntryView): AuditEntryType {
  const { entryId, object, record, action, actorKind, recordedAt, changes, hash } = entry;
  return {
    id: `audit_${entryId}`,
    objectId: globalIdOf(object.kind, object.id),
    record,
    action,
    actor: {
      kind: actorKind,
      name: actorName,
      party: actingParty && toParty(actingParty),
      apiKeyId: apiKeyId && toGlobalId('apikey', apiKeyId),
    },
    recordedAt,
    changes: changes.flatMap((change) => toChange(record, change)),
    hash,
  };
}

/** Ids say who and whose, which the entry says already, and are not for everybody who reads it; of members it says who. */
function toChange(record: string, { column, ...change }: AuditChange): readonly AuditChangeType[] {
  const ids = [change.old, change.new].filter((value) => value !== null && isUuid(value));
  if (ids.length === 0) return [{ field: column, ...change }];
  if (record !== 'members' || column !== 'user_id') return [];
  const [old, next] = [change.old, change.new].map((value) => value && toGlobalId('user', value));
  return [{ field: column, ...change, old: old ?? null, new: next ?? null }];
}

function globalIdOf(kind: string, id: string): string {
  if (!isIdPrefix(kind)) throw new Error(`The audit log knows a kind of object that has no ids: ${kind}.`);
  return toGlobalId(kind, id);
}
