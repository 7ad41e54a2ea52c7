/** What must hold, in words, and the query that words each place where it does not. */
export interface Invariant {
  readonly name: string;
  /** Rows of one text column `finding`. */
  readonly sql: string;
  /** True where it reads the postings of every share or account, and takes far longer than others do. */
  readonly isSlow?: boolean;
}

/** How findings name an account: kind and number, currency, and whose it is. */
export const ACCOUNT = (a: string): string => `format('account %s %s %s%s', ${a}.account_id, ${a}.kind, ${a}.currency,
  coalesce(' of party ' || ${a}.party_id, '') || coalesce(' of deal ' || ${a}.deal_id || ' (' || ${a}.purpose || ')', ''))`;
