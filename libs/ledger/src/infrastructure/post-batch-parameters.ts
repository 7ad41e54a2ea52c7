import { bytesArray, nullableArray, plainArray } from '@evenhand/platform';
import type { TransactionDraft } from '../domain/transaction-draft';
import { AccountList } from './account-list';
import { earningColumns } from './earning-columns';
import { requestHash } from './request-hash';
import type { Parameter } from './sql-columns';

/** The call and the types of its arrays, in the order of {@link postBatchParameters}; $1 is the book. */
export const POST_BATCH_SQL = `select transaction_id, is_duplicate from ledger.post_batch(
  $1::integer, $2::text[], $3::bytea[], $4::text[], $5::timestamptz[], $6::text[],
  $7::text[], $8::text[], $9::uuid[], $10::uuid[], $11::text[], $12::boolean[],
  $13::integer[], $14::integer[], $15::integer[], $16::integer[], $17::bigint[], $18::integer[], $19::bigint[],
  $20::text[], $21::text[], $22::bytea[],
  $23::text[], $24::text[], $25::uuid[], $26::uuid[], $27::uuid[], $28::text[], $29::integer[],
  $30::integer[], $31::integer[], $32::uuid[], $33::bigint[], $34::bigint[], $35::bigint[], $36::bigint[],
  $37::timestamptz[],
  $38::uuid[], $39::text[], $40::text[], $41::boolean[], $42::integer[], $43::integer[], $44::integer[], $45::bigint[],
  $46::integer[], $47::bigint[], $48::uuid[], $49::bigint[], $50::bigint[],
  $51::integer[], $52::bigint[], $53::bigint[], $54::jsonb)`;

/** Drafts as the columns that `ledger.post_batch` takes; items, accounts, terms and seats are numbered from 1. */
export function postBatchParameters(bookId: number, drafts: readonly TransactionDraft[]): readonly Parameter[] {
  const accounts = new AccountList();
  const postings = postingColumns(drafts, accounts);
  return [
    bookId,
    drafts.map((draft) => draft.idempotencyKey),
    bytesArray(drafts.map(requestHash)),
    plainArray(drafts.map((draft) => draft.kind)),
    plainArray(drafts.map((draft) => draft.effectiveAt.toISOString())),
    drafts.map((draft) => draft.reference),
    plainArray(accounts.accounts.map((account) => account.kind)),
    plainArray(accounts.accounts.map((account) => account.currency)),
    nullableArray(accounts.accounts.map((account) => account.partyId)),
    nullableArray(accounts.accounts.map((account) => account.dealId)),
    nullableArray(accounts.accounts.map((account) => account.purpose)),
    plainArray(accounts.drawn),
    ...postings,
    ...earningColumns(drafts),
    ...reversalColumns(drafts),
    conversionsOf(drafts),
  ];
}

function postingColumns(drafts: readonly TransactionDraft[], accounts: AccountList): readonly Parameter[] {
  const items: number[] = [];
  const debits: number[] = [];
  const overflows: number[] = [];
  const credits: number[] = [];
  const amounts: bigint[] = [];
  const shareNos: number[] = [];
  const shareIds: bigint[] = [];
  drafts.forEach((draft, index) => {
    for (const posting of draft.postings) {
      const [debit, overflow, credit] = accounts.placesOf(posting);
      items.push(index + 1);
      debits.push(debit);
      overflows.push(overflow);
      credits.push(credit);
      amounts.push(posting.amountMinor);
      shareNos.push(posting.shareNo ?? 0);
      shareIds.push(posting.shareId ?? 0n);
    }
  });
  return [items, debits, overflows, credits, amounts, shareNos, shareIds].map(plainArray);
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
  ].map(plainArray);
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
