import { systemActor, type UnitOfWork } from '@evenhand/kernel';
import { managerOf } from '../database/typeorm-transaction';
import type { FieldCipher } from './field-cipher';

const CHUNK = 100;
const RESEALER = systemActor('reseal with the newest key');

/** A column of values that a {@link FieldCipher} has sealed. The names are of the code, never of a request. */
export interface SealedColumn {
  readonly table: string;
  readonly column: string;
  /** Of the primary or another unique key, in its order. */
  readonly key: readonly string[];
  /** What else the context is made of. */
  readonly more?: readonly string[];
  /** What each value was bound to, from the row's columns as text. */
  readonly contextOf: (row: Readonly<Record<string, string>>) => string;
}

export interface Resealed {
  readonly resealed: number;
  /** Values that no known key opens; they stay as they are. */
  readonly unreadable: number;
}

/**
 * Seals every value of the columns anew that an older key has sealed, a hundred rows per transaction. What is written
 * meanwhile has the newest key.
 */
export async function resealColumns(
  uow: UnitOfWork,
  cipher: FieldCipher,
  columns: readonly SealedColumn[],
): Promise<Resealed> {
  const counts = { resealed: 0, unreadable: 0 };
  for (const column of columns) {
    let last: readonly string[] | null = null;
    do {
      last = await resealChunk(uow, cipher, column, last, counts);
    } while (last !== null);
  }
  return counts;
}

async function resealChunk(
  uow: UnitOfWork,
  cipher: FieldCipher,
  { table, column, key, more = [], contextOf }: SealedColumn,
  after: readonly string[] | null,
  counts: { resealed: number; unreadable: number },
): Promise<readonly string[] | null> {
  const texts = [...key, ...more].map((name) => `${name}::text as "${name}"`).join(', ');
  const beyond = after === null ? '' : `and (${key.join(', ')}) > (${key.map((_, at) => `$${at + 2}`).join(', ')})`;
  const chunk = await uow.run(RESEALER, async (tx) => {
    const rows = await managerOf(tx).query<Record<string, string>[]>(
      `select ${texts}, ${column} as "sealedValue" from ${table}
       where split_part(${column}, '.', 1) <> $1 ${beyond} order by ${key.join(', ')} limit ${CHUNK} for update`,
      [cipher.newestKeyId, ...(after ?? [])],
    );
    const done = { resealed: 0, unreadable: 0 };
    for (const { sealedValue = '', ...row } of rows) {
      const value = resealed(cipher, sealedValue, contextOf(row));
      if (value === null) {
        done.unreadable += 1;
        continue;
      }
      const isRow = key.map((name, at) => `${name} = $${at + 2}`).join(' and ');
      const values = [value, ...key.map((name) => row[name])];
      await managerOf(tx).query(`update ${table} set ${column} = $1 where ${isRow}`, values);
      done.resealed += 1;
    }
    return { rows, done };
  });
  // After the commit: a transaction that ran again has counted once.
  counts.resealed += chunk.done.resealed;
  counts.unreadable += chunk.done.unreadable;
  const lastRow = chunk.rows.at(-1);
  return lastRow === undefined ? null : key.map((name) => lastRow[name] ?? '');
}

function resealed(cipher: FieldCipher, value: string, context: string): string | null {
  try {
    return cipher.seal(cipher.open(value, context), context);
  } catch {
    return null;
  }
}
