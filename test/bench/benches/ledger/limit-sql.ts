import { requestHashOf } from './request-hash';
import type { Batch } from './world';

interface Statement {
  readonly name: string;
  readonly text: string;
  readonly values: (batch: Batch, ids: readonly bigint[], accountOf: (key: string) => string) => unknown[];
}

/** An array as PostgreSQL reads it, of texts that need no quotes. */
function arrayOf(items: readonly unknown[]): string {
  return `{${items.join(',')}}`;
}

/** One element per share of each sale. */
function perShare<T>(batch: Batch, of: (sale: number, share: number) => T): T[] {
  return batch.sales.flatMap(({ deal }, sale) => deal.plan.shares.map((_, share) => of(sale, share)));
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
      (book_id, posting_id, transaction_id, debit_account_id, credit_account_id, currency, amount_minor,
       debit_balance_minor, credit_balance_minor, share_id, recorded_at)
    select $1::integer, w.posting, w.posting >> 12, $2::bigint, w.credit, $3, w.amount, 0, 0, w.share, now()
    from unnest($4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[]) w (posting, credit, amount, share)`,
  values: (batch, ids, accountOf) => [
    batch.bookId,
    accountOf(`${batch.bookId}/brand_receivable`),
    batch.drafts[0]?.currency,
    arrayOf(perShare(batch, (sale, share) => ((ids[sale] ?? 0n) << 12n) + BigInt(share + 1))),
    arrayOf(
      batch.sales.flatMap(({ deal }) =>
        deal.plan.shares.map(({ partyId, role }) =>
          accountOf(
            role === 'platform' ? `${batch.bookId}/platform_fee_pending` : `${batch.bookId}/payee_pending/${partyId}`,
          ),
        ),
      ),
    ),
    arrayOf(batch.sales.flatMap(({ amountsMinor }) => amountsMinor)),
    arrayOf(perShare(batch, (sale, share) => ((ids[sale] ?? 0n) << 6n) + BigInt(share + 1))),
  ],
};

const EARNINGS: Statement = {
  name: 'earnings',
  text: `
    insert into ledger.earnings
      (book_id, earning_id, kind, source_type, source_id, deal_id, campaign_id, influencer_id, currency, base_minor,
       gross_minor, from_escrow_minor, rule_version, earned_at)
    select $1::integer, w.id, 'note_commission', 'sale', w.source, w.deal, w.campaign, w.influencer, $2, w.base, w.gross,
           0, $3, w.at
    from unnest($4::bigint[], $5::uuid[], $6::uuid[], $7::uuid[], $8::uuid[], $9::bigint[], $10::bigint[],
                $11::timestamptz[]) w (id, source, deal, campaign, influencer, base, gross, at)`,
  values: (batch, ids) => [
    batch.bookId,
    batch.drafts[0]?.currency,
    batch.drafts[0]?.plan.ruleVersion,
    arrayOf(ids),
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
      (book_id, share_id, party_id, influencer_id, role, share, currency, amount_minor, state, release_at)
    select $1::integer, w.id, w.party, w.influencer, w.role, w.share, $2, w.amount, 'held', w.release_at
    from unnest($3::bigint[], $4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::bigint[], $9::timestamptz[])
      w (id, party, influencer, role, share, amount, release_at)`,
  values: (batch, ids) => [
    batch.bookId,
    batch.drafts[0]?.currency,
    arrayOf(perShare(batch, (sale, share) => ((ids[sale] ?? 0n) << 6n) + BigInt(share + 1))),
    arrayOf(batch.drafts.flatMap(({ plan }) => plan.shares.map(({ partyId }) => partyId))),
    arrayOf(batch.drafts.flatMap(({ plan, influencerId }) => plan.shares.map(() => influencerId))),
    arrayOf(batch.drafts.flatMap(({ plan }) => plan.shares.map(({ role }) => role))),
    arrayOf(batch.drafts.flatMap(({ plan }) => plan.shares.map(({ share }) => share))),
    arrayOf(batch.sales.flatMap(({ amountsMinor }) => amountsMinor)),
    arrayOf(batch.drafts.flatMap(({ plan, releaseAt }) => plan.shares.map(() => releaseAt.toISOString()))),
  ],
};

const BALANCES: Statement = {
  name: 'balances',
  text: `
    update ledger.balances b set balance_minor = b.balance_minor + w.delta
    from unnest($2::bigint[], $3::bigint[]) w (account_id, delta)
    where b.book_id = $1::integer and b.account_id = w.account_id`,
  values: (batch, _ids, accountOf) => {
    const deltas = new Map<string, bigint>();
    const add = (key: string, minor: bigint): void => void deltas.set(key, (deltas.get(key) ?? 0n) + minor);
    for (const { deal, grossMinor, amountsMinor } of batch.sales) {
      add(accountOf(`${batch.bookId}/brand_receivable`), grossMinor);
      deal.plan.shares.forEach(({ partyId, role }, share) => {
        const key = role === 'platform' ? 'platform_fee_pending' : `payee_pending/${partyId}`;
        add(accountOf(`${batch.bookId}/${key}`), amountsMinor[share] ?? 0n);
      });
    }
    return [batch.bookId, arrayOf([...deltas.keys()]), arrayOf([...deltas.values()])];
  },
};

export const SALE_STATEMENTS: readonly Statement[] = [TRANSACTIONS, POSTINGS, EARNINGS, SHARES, BALANCES];
