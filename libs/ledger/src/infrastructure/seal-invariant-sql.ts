import type { Invariant } from './invariant';

/** The links alone, in a second for a million seals; what they seal is recomputed by `seals verify`. */
export const SEALS: readonly Invariant[] = [
  {
    name: 'every seal gives its hash and follows the one before it',
    sql: `
      with chained as (
        select s.book_id, s.seal_no, s.hash, s.previous_hash,
               sha256('\\x02'::bytea || convert_to(ledger.seal_text(s.book_id, s.brand_id, s.seal_no, s.sealed_through,
                 s.transactions, s.root, s.salt_hash, s.previous_hash, s.skipped_hash, s.sealed_at), 'UTF8')) as computed,
               lag(s.seal_no, 1, 0) over (partition by s.book_id order by s.seal_no) as before,
               lag(s.hash, 1, decode(repeat('00', 32), 'hex')) over (partition by s.book_id order by s.seal_no) as hash_before
        from ledger.seals s
      )
      select format('book %s: seal %s %s', book_id, seal_no, case
               when hash <> computed then 'was changed: it does not give its hash'
               when before <> seal_no - 1 then format('comes after seal %s: those between are missing', before)
               else format('does not follow seal %s', before) end) as finding
      from chained
      where hash <> computed or before <> seal_no - 1 or hash_before <> previous_hash`,
  },
];
