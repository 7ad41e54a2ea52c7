import {
  agencyMembers,
  allow,
  anyOf,
  connectionFields,
  edgeFields,
  type FieldPolicy,
  finance,
  influencers,
  operators,
  signedIn,
} from '../graphql';

/** Each entry says whom it concerns, and row-level security shows it to nobody else: so does what is shown beside an object. */
export const auditPolicy: FieldPolicy = {
  Query: allow(signedIn, 'auditLog'),
  Campaign: allow(signedIn, 'auditLog'),
  Deal: allow(signedIn, 'auditLog'),
  Mandate: allow(anyOf(influencers, agencyMembers, operators), 'auditLog'),
  PayoutBatch: allow(anyOf(finance, operators), 'auditLog'),
  AuditEntry: allow(signedIn, 'id', 'objectId', 'record', 'action', 'actor', 'recordedAt', 'changes', 'hash'),
  AuditActor: allow(signedIn, 'kind', 'name', 'party', 'apiKeyId'),
  AuditChange: allow(signedIn, 'field', 'old', 'new', 'oldDigest', 'newDigest', 'isSecret'),
  AuditEntryConnection: connectionFields,
  AuditEntryEdge: edgeFields,
};
