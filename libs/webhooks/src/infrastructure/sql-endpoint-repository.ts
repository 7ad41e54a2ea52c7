import type { Transaction } from '@evenhand/kernel';
import { FieldCipher, managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import { EndpointRepository, type NewSecret } from '../application/endpoint-repository';
import type { DisabledReason, Endpoint } from '../domain/endpoint';

interface SecretRow {
  readonly secret_id: string;
  readonly sealed: string;
}

const ENDPOINT = `
  select endpoint_id as "endpointId", party_id as "partyId", url, description, event_types as "eventTypes", state,
         state_reason as "stateReason", state_since as "stateSince", failing_since as "failingSince",
         created_at as "createdAt"
  from webhooks.endpoints`;

@Injectable()
export class SqlEndpointRepository extends EndpointRepository {
  constructor(private readonly cipher: FieldCipher) {
    super();
  }

  override async countLocked(tx: Transaction, partyId: string): Promise<number> {
    await managerOf(tx).query(`select pg_advisory_xact_lock(hashtextextended('webhooks.endpoints/' || $1, 0))`, [
      partyId,
    ]);
    const [row] = await managerOf(tx).query<{ count: number }[]>(
      `select count(*)::integer as count from webhooks.endpoints where party_id = $1 and state <> 'deleted'`,
      [partyId],
    );
    return row?.count ?? 0;
  }

  override async add(tx: Transaction, endpoint: Endpoint): Promise<void> {
    const { endpointId, partyId, url, description, eventTypes, state, stateSince, createdAt } = endpoint;
    await managerOf(tx).query(
      `insert into webhooks.endpoints (endpoint_id, party_id, url, description, event_types, state, state_since, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [endpointId, partyId, url, description, eventTypes, state, stateSince, createdAt],
    );
  }

  override async lock(tx: Transaction, endpointId: string): Promise<Endpoint | undefined> {
    const sql = `${ENDPOINT} where endpoint_id = $1 and state <> 'deleted' for update`;
    return (await managerOf(tx).query<Endpoint[]>(sql, [endpointId]))[0];
  }

  override async find(tx: Transaction, endpointId: string): Promise<Endpoint | undefined> {
    const sql = `${ENDPOINT} where endpoint_id = $1 and state <> 'deleted'`;
    return (await managerOf(tx).query<Endpoint[]>(sql, [endpointId]))[0];
  }

  override async save(tx: Transaction, endpoint: Endpoint): Promise<void> {
    const { endpointId, url, description, eventTypes, state, stateReason, stateSince, failingSince } = endpoint;
    await managerOf(tx).query(
      `update webhooks.endpoints
       set url = $2, description = $3, event_types = $4, state = $5, state_reason = $6, state_since = $7, failing_since = $8
       where endpoint_id = $1`,
      [endpointId, url, description, eventTypes, state, stateReason, stateSince, failingSince],
    );
  }

  override async addSecret(tx: Transaction, endpointId: string, given: NewSecret): Promise<void> {
    const { secretId, secret, createdAt, othersUntil } = given;
    await managerOf(tx).query(
      `update webhooks.secrets set expires_at = least(expires_at, $2::timestamptz) where endpoint_id = $1`,
      [endpointId, othersUntil],
    );
    await managerOf(tx).query('delete from webhooks.secrets where endpoint_id = $1 and expires_at <= $2', [
      endpointId,
      createdAt,
    ]);
    const sealed = this.cipher.seal(secret, contextOf(endpointId, secretId));
    await managerOf(tx).query(
      'insert into webhooks.secrets (secret_id, endpoint_id, sealed, created_at) values ($1, $2, $3, $4)',
      [secretId, endpointId, sealed, createdAt],
    );
  }

  override async dropSecrets(tx: Transaction, endpointId: string): Promise<void> {
    await managerOf(tx).query('delete from webhooks.secrets where endpoint_id = $1', [endpointId]);
  }

  override async secretsOf(tx: Transaction, endpointId: string, now: Date): Promise<readonly string[]> {
    const rows = await managerOf(tx).query<SecretRow[]>(
      `select secret_id, sealed from webhooks.secrets
       where endpoint_id = $1 and (expires_at is null or expires_at > $2) order by created_at desc, secret_id desc`,
      [endpointId, now],
    );
    return rows.flatMap((row) => this.opened(row, endpointId));
  }

  override listByParty(tx: Transaction, partyId: string): Promise<readonly Endpoint[]> {
    const sql = `${ENDPOINT} where party_id = $1 and state <> 'deleted' order by created_at, endpoint_id`;
    return managerOf(tx).query<Endpoint[]>(sql, [partyId]);
  }

  override async enabledOf(
    tx: Transaction,
    partyIds: readonly string[],
    { lock }: { readonly lock: boolean },
  ): Promise<readonly Endpoint[]> {
    if (partyIds.length === 0) return [];
    const sql = `${ENDPOINT} where party_id = any ($1::uuid[]) and state = 'enabled' ${lock ? 'for share' : ''}`;
    return managerOf(tx).query<Endpoint[]>(sql, [partyIds]);
  }

  override async noteOutcome(tx: Transaction, endpointId: string, hasArrived: boolean, now: Date): Promise<void> {
    await managerOf(tx).query(
      `update webhooks.endpoints set failing_since = case when $2 then null else $3::timestamptz end
       where endpoint_id = $1 and (failing_since is null) <> $2`,
      [endpointId, hasArrived, now],
    );
  }

  override async disable(tx: Transaction, endpointId: string, reason: DisabledReason, now: Date): Promise<void> {
    await managerOf(tx).query(
      `update webhooks.endpoints set state = 'disabled', state_reason = $2, state_since = $3
       where endpoint_id = $1 and state = 'enabled'`,
      [endpointId, reason, now],
    );
  }

  private opened({ secret_id, sealed }: SecretRow, endpointId: string): readonly string[] {
    try {
      return [this.cipher.open(sealed, contextOf(endpointId, secret_id))];
    } catch {
      // Changed, or sealed by a key that is known no more.
      return [];
    }
  }
}

export function contextOf(endpointId: string, secretId: string): string {
  return `webhooks.secrets/${endpointId}/${secretId}`;
}
