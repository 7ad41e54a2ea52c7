import type { ValueTransformer } from 'typeorm';

/** `pg` hands bigint columns over as strings; inside they are `bigint`, always. */
const bigintTransformer: ValueTransformer = {
  to: (value: bigint | null | undefined) => value?.toString() ?? value,
  from: (value: string | null) => (value === null ? null : BigInt(value)),
};

/** Options of a `bigint` column: `@Column(bigintColumn)`. */
export const bigintColumn = { type: 'bigint', transformer: bigintTransformer } as const;
