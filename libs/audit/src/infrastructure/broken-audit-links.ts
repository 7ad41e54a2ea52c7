/** A connection: anything that runs SQL and answers an object with rows. */
interface Queryable {
  query(sql: string, values: readonly unknown[]): Promise<{ readonly rows: readonly { readonly words: string }[] }>;
}

const MOST_FINDINGS = 100;

/** What {@link brokenAuditLinks} checks, as an invariant. */
export const AUDIT_INVARIANT = 'every entry of the audit log is as its link sealed it';

/** Up to 100 places where it is not, in words, on a connection with the system's rights; empty where all is as it was sealed. */
export async function brokenAuditLinks(connection: Queryable): Promise<readonly string[]> {
  const { rows } = await connection.query(
    `select words from audit.findings(0, 2147483646) where words is not null
     union all select words from audit.slipped_in($1) limit $1`,
    [MOST_FINDINGS],
  );
  return rows.map(({ words }) => words);
}
