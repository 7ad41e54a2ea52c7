import type { Transaction } from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import { type AuditFindings, type AuditHead, AuditLog, type AuditPage } from '../application/audit-log';
import type { AuditActorKind, AuditChange, AuditedObject, AuditEntry } from '../domain/audit-entry';

interface EntryRow {
  /** Of the object that was asked for, from 1. */
  readonly place: number;
  readonly total_count: number;
  /** Null in the one row of an object that has no entries there. */
  readonly entry_id: string | null;
  readonly recorded_at: Date;
  readonly actor_kind: AuditActorKind;
  readonly actor_user_id: string | null;
  readonly api_key_id: string | null;
  readonly acting_party_id: string | null;
  readonly actor_name: string | null;
  readonly record: string;
  readonly action: string;
  readonly object_kind: string;
  readonly object_id: string;
  readonly changes: readonly ChangeRow[];
  readonly hash: string | null;
}

/** As the query below makes it; what is not there is null. */
interface ChangeRow extends Omit<AuditChange, 'isSecret'> {
  readonly isSecret: boolean | null;
}

/** Numbers stay texts: JSON's may be larger than JavaScript's. */
const CHANGES = `coalesce((
  select jsonb_agg(jsonb_build_object('column', c.key, 'old', c.value ->> 'old', 'new', c.value ->> 'new',
           'oldDigest', c.value ->> 'oldDigest', 'newDigest', c.value ->> 'newDigest', 'isSecret', c.value -> 'isSecret')
         order by c.key)
  from jsonb_each(e.changes) c), '[]')`;

/** Both ways to an entry have an index that ends with its number, so that a page reads no more than it shows. */
const FOUND = (columns: string, tail: string) => `
  (select ${columns} from audit.entries f where f.object_id = wanted.id and f.object_kind = wanted.kind ${tail})
  union all
  (select ${columns} from audit.entries f where f.within_id = wanted.id and f.within_kind = wanted.kind ${tail})`;

const PAGES = `
  select wanted.place::integer, counted.total_count, e.entry_id, e.recorded_at, e.actor_kind, e.actor_user_id, e.api_key_id,
         e.acting_party_id, e.actor_name, split_part(e.table_name, '.', 2) as record, e.action, e.object_kind, e.object_id,
         ${CHANGES} as changes, encode(link.hash, 'hex') as hash
  from unnest($1::text[], $2::uuid[]) with ordinality wanted (kind, id, place)
  cross join lateral (select count(*)::integer as total_count from (${FOUND('f.entry_id', '')}) all_of) counted
  left join lateral (
    select * from (${FOUND('f.*', 'and ($3::bigint is null or f.entry_id < $3) order by f.entry_id desc limit $4')}) page
    order by page.entry_id desc limit $4
  ) e on true
  left join audit.links link on link.entry_id = e.entry_id
  order by wanted.place, e.entry_id desc`;

@Injectable()
export class SqlAuditLog extends AuditLog {
  override async pagesOf(
    tx: Transaction,
    objects: readonly AuditedObject[],
    limit: number,
    before: bigint | null,
  ): Promise<readonly AuditPage[]> {
    const [kinds, ids] = [objects.map(({ kind }) => kind), objects.map(({ id }) => id)];
    const rows = await rowsOf<EntryRow>(tx, PAGES, [kinds, ids, before, limit]);
    return objects.map((_object, index) => {
      const own = rows.filter(({ place }) => place === index + 1);
      return { entries: own.flatMap(entriesIn), totalCount: own[0]?.total_count ?? 0 };
    });
  }

  override async announce(tx: Transaction): Promise<void> {
    await rowsOf(tx, 'select audit.announce()', []);
  }

  override async seal(tx: Transaction, now: Date, limit: number): Promise<number> {
    const [row] = await rowsOf<{ sealed: number }>(tx, 'select audit.seal($1, $2) as sealed', [now, limit]);
    return row?.sealed ?? 0;
  }

  override async findings(tx: Transaction, afterLink: bigint, limit: number): Promise<AuditFindings> {
    const sql = 'select link_no, words from audit.findings($1, $2)';
    const rows = await rowsOf<{ link_no: string | null; words: string | null }>(tx, sql, [afterLink, limit]);
    const last = rows.find(({ words }) => words === null)?.link_no ?? null;
    return {
      words: rows.flatMap(({ words }) => (words === null ? [] : [words])),
      lastLink: last === null ? null : BigInt(last),
    };
  }

  override async slippedIn(tx: Transaction, limit: number): Promise<readonly string[]> {
    const rows = await rowsOf<{ words: string }>(tx, 'select words from audit.slipped_in($1)', [limit]);
    return rows.map(({ words }) => words);
  }

  override async head(tx: Transaction): Promise<AuditHead | null> {
    const sql = `select link_no, encode(hash, 'hex') as hash from audit.links order by link_no desc limit 1`;
    const [row] = await rowsOf<{ link_no: string; hash: string }>(tx, sql, []);
    return row === undefined ? null : { linkNo: BigInt(row.link_no), hash: row.hash };
  }

  override async hashOf(tx: Transaction, linkNo: bigint): Promise<string | null> {
    const sql = `select encode(hash, 'hex') as hash from audit.links where link_no = $1`;
    const [row] = await rowsOf<{ hash: string }>(tx, sql, [linkNo]);
    return row?.hash ?? null;
  }
}

function rowsOf<Row>(tx: Transaction, sql: string, parameters: readonly unknown[]): Promise<readonly Row[]> {
  return managerOf(tx).query<readonly Row[]>(sql, [...parameters]);
}

function entriesIn(row: EntryRow): readonly AuditEntry[] {
  if (row.entry_id === null) return [];
  return [
    {
      entryId: BigInt(row.entry_id),
      recordedAt: row.recorded_at,
      actorKind: row.actor_kind,
      actorUserId: row.actor_user_id,
      apiKeyId: row.api_key_id,
      actingPartyId: row.acting_party_id,
      actorName: row.actor_name,
      record: row.record,
      action: row.action,
      object: { kind: row.object_kind, id: row.object_id },
      changes: row.changes.map((change) => ({ ...change, isSecret: change.isSecret ?? false })),
      hash: row.hash,
    },
  ];
}
