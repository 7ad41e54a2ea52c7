import type { Client } from 'pg';

/** An entry of the audit log as it is stored. */
export interface StoredEntry {
  readonly table: string;
  readonly action: string;
  readonly by: string;
  readonly forParty: string | null;
  readonly changes: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** The entries of an object and of what is within it, oldest first; `by` is `person <id>`, `system <name>` … */
export async function auditEntriesOf(owner: Client, objectId: string): Promise<readonly StoredEntry[]> {
  const { rows } = await owner.query<StoredEntry>(
    `select table_name as table, action, concat_ws(' ', actor_kind, coalesce(actor_user_id::text, actor_name)) as by,
            acting_party_id as "forParty", changes
     from audit.entries where object_id = $1 or within_id = $1 order by entry_id`,
    [objectId],
  );
  return rows;
}
