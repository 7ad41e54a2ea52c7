/** What a call of a ledger function may be given: scalars, arrays for the driver to quote, and literals made here. */
export type Parameter = number | string | null | readonly (string | number | bigint | null)[];
