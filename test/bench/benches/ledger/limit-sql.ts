import { requestHashOf } from './request-hash';
import type { Batch } from './world';

/** What a program may keep in memory since it never changes: ids of accounts by book, kind and party, of rules by deal. */
export interface Known {
  accountOf(bookId: number, kind: string, partyId?: string): string;
  ruleOf(dealId: string): string;
}

interface Statement {
  readonly name: string;
  readonly text: string;
  readonly values: (batch: Batch, ids: readonly bigint[], known: Known) => unknown[];
}

/** An array as PostgreSQL reads it, of texts that need no quotes. */
function arrayOf(items: readonly unknown[]): string {
  return `{${items.join(',')}}`;
}

/** Of each share of each sale the id, made of the sale's id and the share's place. */
function numbered(batch: Batch, ids: readonly bigint[], bits: bigint): bigint[] {
  return batch.sales.flatMap(({ deal }, sale) =>
    deal.plan.shares.map((_, share) => ((ids[sale] ?? 0n) << bits) + BigInt(share + 1)),
  );
}

const TRANSACTIONS: Statement = {
  name: 'transactions',
  text: `
    insert into ledger.transactions
      (book_id, transaction_id, kind, idempotency_key, request_hash, effective_at, recorded_at)
    select $1::integer, w.id, 'sale_recorded', w.key, substring($4::bytea from w.n::integer * 32 - 31 for 32), w.at, now()
    from unnest($2::bigint[], $3::text[], $5::timestamptz[]) with ordinality w (id, key, at, n)`,
  values: (batch, ids) => [
    batch.bookId,
    arrayOf(ids),
    arrayOf(batch.drafts.map((draft) => draft.idempotencyKey)),
    Buffer.concat(batch.sales.map(requestHashOf)),
    arrayOf(batch.drafts.map((draft) => draft.earnedAt.toISOString())),
  ],
};

const POSTINGS: Statement = {
  name: 'postings',
  text: `
    insert into ledger.postings
      (book_id, recorded_at, posting_id, debit_account_id, credit_account_id, amount_minor, share_id, currency)
    select $1::integer, now(), w.id, $2::bigint, w.credit, w.amount, w.share, $3
    from unnest($4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[]) w (id, credit, amount, share)`,
  values: (batch, ids, known) => [
    batch.bookId,
    known.accountOf(batch.bookId, 'brand_receivable'),
    batch.drafts[0]?.currency,
    arrayOf(numbered(batch, ids, 12n)),
    arrayOf(
      batch.sales.flatMap(({ deal }) =>
        deal.plan.shares.map(({ partyId, role }) =>
          role === 'platform'
            ? known.accountOf(batch.bookId, 'platform_fee_pending')
            : known.accountOf(batch.bookId, 'payee_pending', partyId),
        ),
      ),
    ),
    arrayOf(batch.sales.flatMap(({ amountsMinor }) => amountsMinor)),
    arrayOf(numbered(batch, ids, 6n)),
  ],
};

const EARNINGS: Statement = {
  name: 'earnings',
  text: `
    insert into ledger.earnings
      (book_id, earning_id, rule_id, kind, source_type, source_id, deal_id, campaign_id, influencer_id, currency,
       base_minor, gross_minor, from_escrow_minor, earned_at)
    select $1::integer, w.id, w.rule, 'note_commission', 'sale', w.source, w.deal, w.campaign, w.influencer, $2, w.base,
           w.gross, 0, w.at
    from unnest($3::bigint[], $4::integer[], $5::uuid[], $6::uuid[], $7::uuid[], $8::uuid[], $9::bigint[], $10::bigint[],
                $11::timestamptz[]) w (id, rule, source, deal, campaign, influencer, base, gross, at)`,
  values: (batch, ids, known) => [
    batch.bookId,
    batch.drafts[0]?.currency,
    arrayOf(ids),
    arrayOf(batch.drafts.map((draft) => known.ruleOf(draft.dealId))),
    arrayOf(batch.drafts.map((draft) => draft.source.id)),
    arrayOf(batch.drafts.map((draft) => draft.dealId)),
    arrayOf(batch.drafts.map((draft) => draft.campaignId)),
    arrayOf(batch.drafts.map((draft) => draft.influencerId)),
    arrayOf(batch.drafts.map((draft) => draft.baseMinor)),
    arrayOf(batch.sales.map(({ grossMinor }) => grossMinor)),
    arrayOf(batch.drafts.map((draft) => draft.earnedAt.toISOString())),
  ],
};

const SHARES: Statement = {
  name: 'shares',
  text: `
    insert into ledger.shares
      (book_id, share_id, party_id, influencer_id, role, share, currency, is_held, amount_minor)
    select $1::integer, w.id, w.party, w.influencer, w.role, w.share, $2, true, w.amount
    from unnest($3::bigint[], $4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::bigint[])
      w (id, party, influencer, role, share, amount)`,
  values: (batch, ids) => [
    batch.bookId,
    batch.drafts[0]?.currency,
    arrayOf(numbered(batch, ids, 6n)),
    arrayOf(batch.drafts.flatMap(({ plan }) => plan.shares.map(({ partyId }) => partyId))),
    arrayOf(batch.drafts.flatMap(({ plan, influencerId }) => plan.shares.map(() => influencerId))),
    arrayOf(batch.drafts.flatMap(({ plan }) => plan.shares.map(({ role }) => role))),
    arrayOf(batch.drafts.flatMap(({ plan }) => plan.shares.map(({ share }) => share))),
    arrayOf(batch.sales.flatMap(({ amountsMinor }) => amountsMinor)),
  ],
};

const HOLDS: Statement = {
  name: 'holds',
  text: `
    insert into ledger.holds (book_id, earning_id, release_at)
    select $1::integer, w.id, w.at from unnest($2::bigint[], $3::timestamptz[]) w (id, at)`,
  values: (batch, ids) => [
    batch.bookId,
    arrayOf(ids),
    arrayOf(batch.drafts.map(({ releaseAt }) => releaseAt.toISOString())),
  ],
};

/** All rows of sales whose commission the brand owes; no balance of theirs is kept in a row, so nothing is updated. */
export const SALE_STATEMENTS: readonly Statement[] = [TRANSACTIONS, POSTINGS, EARNINGS, SHARES, HOLDS];
