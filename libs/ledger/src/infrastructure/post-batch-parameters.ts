import type { EarningRecord, TransactionDraft } from '../domain/transaction-draft';
import { AccountList } from './account-list';
import { requestHash } from './request-hash';

type Parameter = number | string | null | readonly (string | number | bigint | null)[];

/** The call and the types of its arrays, in the order of {@link postBatchParameters}. */
export const POST_BATCH_SQL = `select transaction_id, is_duplicate from ledger.post_batch(
  $1::integer, $2::text[], $3::bytea[], $4::text[], $5::timestamptz[], $6::text[],
  $7::text[], $8::text[], $9::uuid[], $10::uuid[], $11::text[],
  $12::integer[], $13::integer[], $14::integer[], $15::integer[], $16::bigint[], $17::integer[], $18::bigint[],
  $19::integer[], $20::text[], $21::text[], $22::uuid[], $23::uuid[], $24::uuid[], $25::uuid[], $26::text[],
  $27::bigint[], $28::bigint[], $29::text[],
  $30::integer[], $31::integer[], $32::uuid[], $33::text[], $34::text[], $35::bigint[], $36::timestamptz[],
  $37::integer[], $38::bigint[], $39::uuid[], $40::bigint[], $41::bigint[],
  $42::integer[], $43::bigint[], $44::bigint[], $45::jsonb)`;

/** Drafts as the columns that `ledger.post_batch` takes; items, accounts and earnings are numbered from 1. */
export function postBatchParameters(bookId: number, drafts: readonly TransactionDraft[]): readonly Parameter[] {
  const accounts = new AccountList();
  const postings = postingColumns(drafts, accounts);
  return [
    bookId,
    drafts.map((draft) => draft.idempotencyKey),
    drafts.map((draft) => requestHash(draft.kind, draft.request)),
    drafts.map((draft) => draft.kind),
    drafts.map((draft) => draft.effectiveAt.toISOString()),
    drafts.map((draft) => draft.reference),
    accounts.accounts.map((account) => account.kind),
    accounts.accounts.map((account) => account.currency),
    accounts.accounts.map((account) => account.partyId),
    accounts.accounts.map((account) => account.dealId),
    accounts.accounts.map((account) => account.purpose),
    ...postings,
    ...earningColumns(drafts),
    ...reversalColumns(drafts),
    conversionsOf(drafts),
  ];
}

function postingColumns(drafts: readonly TransactionDraft[], accounts: AccountList): readonly Parameter[] {
  const rows = drafts.flatMap(({ postings }, index) => postings.map((posting) => ({ ...posting, item: index + 1 })));
  return [
    rows.map(({ item }) => item),
    rows.map(({ debit }) => accounts.numberOf(debit)),
    rows.map(({ overflow }) => accounts.numberOf(overflow)),
    rows.map(({ credit }) => accounts.numberOf(credit)),
    rows.map(({ amountMinor }) => amountMinor),
    rows.map(({ shareNo }) => shareNo ?? 0),
    rows.map(({ shareId }) => shareId ?? 0n),
  ];
}

interface ItemEarning extends EarningRecord {
  readonly item: number;
}

function earningColumns(drafts: readonly TransactionDraft[]): readonly Parameter[] {
  const earnings = drafts.flatMap(({ earning }, index): ItemEarning[] =>
    earning ? [{ ...earning, item: index + 1 }] : [],
  );
  const shares = earnings.flatMap((earning, index) =>
    earning.shares.map((share, place) => ({ ...share, earning: index + 1, no: place + 1 })),
  );
  return [
    earnings.map(({ item }) => item),
    earnings.map(({ kind }) => kind),
    earnings.map(({ sourceType }) => sourceType),
    earnings.map(({ sourceId }) => sourceId),
    earnings.map(({ dealId }) => dealId),
    earnings.map(({ campaignId }) => campaignId),
    earnings.map(({ influencerId }) => influencerId),
    earnings.map(({ currency }) => currency),
    earnings.map(({ baseMinor }) => baseMinor),
    earnings.map(({ grossMinor }) => grossMinor),
    earnings.map(({ ruleVersion }) => ruleVersion),
    shares.map(({ earning }) => earning),
    shares.map(({ no }) => no),
    shares.map(({ partyId }) => partyId),
    shares.map(({ role }) => role),
    shares.map(({ share }) => share),
    shares.map(({ amountMinor }) => amountMinor),
    shares.map(({ releaseAt }) => releaseAt?.toISOString() ?? null),
  ];
}

function reversalColumns(drafts: readonly TransactionDraft[]): readonly Parameter[] {
  const reversals = drafts.flatMap(({ reversal }, index) => (reversal ? [{ ...reversal, item: index + 1 }] : []));
  const shares = reversals.flatMap(({ item, shares: reversed }) => reversed.map((share) => ({ ...share, item })));
  return [
    reversals.map(({ item }) => item),
    reversals.map(({ earningId }) => earningId),
    reversals.map(({ refundId }) => refundId),
    reversals.map(({ baseMinor }) => baseMinor),
    reversals.map(({ grossMinor }) => grossMinor),
    shares.map(({ item }) => item),
    shares.map(({ shareId }) => shareId),
    shares.map(({ amountMinor }) => amountMinor),
  ];
}

function conversionsOf(drafts: readonly TransactionDraft[]): string | null {
  const conversions = drafts.flatMap(({ conversion }, index) =>
    conversion
      ? [
          {
            item: index + 1,
            from_currency: conversion.fromCurrency,
            to_currency: conversion.toCurrency,
            from_minor: `${conversion.fromMinor}`,
            to_minor: `${conversion.toMinor}`,
            rate: conversion.rate,
            rate_date: conversion.rateDate,
            rate_source: conversion.rateSource,
          },
        ]
      : [],
  );
  return conversions.length === 0 ? null : JSON.stringify(conversions);
}
