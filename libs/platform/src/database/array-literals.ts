/**
 * An array literal of values that need no quotes: numbers, UUIDs, booleans, instants, words of ours. Made by one join,
 * which is several times faster than the driver's quoting of each.
 */
export function plainArray(values: readonly (number | bigint | boolean | string)[]): string {
  return `{${values.join(',')}}`;
}

/** As {@link plainArray}, with nulls. */
export function nullableArray(values: readonly (number | bigint | string | null)[]): string {
  return `{${values.map((value) => value ?? 'null').join(',')}}`;
}

/** An array literal of binary values given as hexadecimal digits. */
export function bytesArray(digests: readonly string[]): string {
  return digests.length === 0 ? '{}' : `{"\\\\x${digests.join('","\\\\x')}"}`;
}
