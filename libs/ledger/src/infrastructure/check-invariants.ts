import { INVARIANTS as OF_ROWS } from './invariant-sql';
import { SEALS } from './seal-invariant-sql';

const INVARIANTS = [...OF_ROWS, ...SEALS];

/** A connection or an entity manager: anything that runs SQL and answers rows, or an object with them. */
export interface Queryable {
  query(sql: string): Promise<unknown>;
}

export interface InvariantFinding {
  /** What must hold. */
  readonly invariant: string;
  /** Where it does not, naming book, account or transaction, and amounts in minor units. */
  readonly finding: string;
}

/** Most findings told of one invariant: one broken row can break many sums. */
const MOST_FINDINGS = 100;

/**
 * Every invariant of the ledger, checked on what is stored now; empty where all hold. The connection needs to see all
 * books (the owner's, or one with the system's rights) and one snapshot (repeatable read) while others write.
 */
export async function checkInvariants(queryable: Queryable): Promise<readonly InvariantFinding[]> {
  const findings: InvariantFinding[] = [];
  for (const { name, sql } of INVARIANTS) {
    const result = await queryable.query(`select finding from (${sql}) f limit ${MOST_FINDINGS}`);
    findings.push(...findingsIn(result).map((finding) => ({ invariant: name, finding })));
  }
  return findings;
}

/** The invariants by name, in the order in which they are checked. */
export const INVARIANT_NAMES: readonly string[] = INVARIANTS.map(({ name }) => name);

function findingsIn(result: unknown): readonly string[] {
  const rows: unknown = typeof result === 'object' && result !== null && 'rows' in result ? result.rows : result;
  if (!Array.isArray(rows)) throw new TypeError('The connection answered no rows.');
  return rows.map((row: { finding: string }) => row.finding);
}
