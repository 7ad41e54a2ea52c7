import type { Invariant } from './invariant';
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
 * Every invariant of the ledger, checked on what is stored now; empty where all hold. Each connection takes the next one
 * when it is done with its last, those that take longest first. A connection needs to see all books (one logged in as
 * the owner, or one with the system's rights), and while others write all need one snapshot: see {@link inOneSnapshot}.
 */
export async function checkInvariants(...queryables: readonly Queryable[]): Promise<readonly InvariantFinding[]> {
  const findings = new Map<Invariant, readonly InvariantFinding[]>();
  const left = INVARIANTS.toSorted((a, b) => Number(b.isSlow ?? false) - Number(a.isSlow ?? false)).values();
  await Promise.all(
    queryables.map(async (queryable) => {
      for (const invariant of left) findings.set(invariant, await findingsOf(queryable, invariant));
    }),
  );
  return INVARIANTS.flatMap((invariant) => findings.get(invariant) ?? []);
}

/** Starts a transaction on each connection; all of them see what the first one sees. */
export async function inOneSnapshot(...queryables: readonly Queryable[]): Promise<void> {
  const [first, ...others] = queryables;
  if (!first) return;
  await first.query(START);
  const [id] = textsIn(await first.query('select pg_export_snapshot() as text'));
  for (const other of others) {
    await other.query(START);
    await other.query(`set transaction snapshot '${id}'`);
  }
}

const START = 'start transaction isolation level repeatable read read only';

async function findingsOf(queryable: Queryable, { name, sql }: Invariant): Promise<readonly InvariantFinding[]> {
  // Apart from the limit, which a planner takes for a promise that rows come early: what holds is read to its end.
  const all = `with f as materialized (${sql}) select finding as text from f limit ${MOST_FINDINGS}`;
  const result = await queryable.query(all);
  return textsIn(result).map((finding) => ({ invariant: name, finding }));
}

/** The invariants by name, in the order in which they are checked. */
export const INVARIANT_NAMES: readonly string[] = INVARIANTS.map(({ name }) => name);

function textsIn(result: unknown): readonly string[] {
  const rows: unknown = typeof result === 'object' && result !== null && 'rows' in result ? result.rows : result;
  if (!Array.isArray(rows)) throw new TypeError('The connection answered no rows.');
  return rows.map((row: { readonly text: string }) => row.text);
}
