import { plainArray } from '@evenhand/platform';
import type { EarningRecord, PostingDraft, TransactionDraft } from '../domain/transaction-draft';
import { requestHash, ruleHash } from './request-hash';
import type { Parameter } from './sql-columns';

/** In the order of {@link postEarningParameters}; $1 is the book. */
export const POST_EARNING_CALL = `ledger.post_earning(
  $1::integer, $2::text, $3::bytea, $4::text, $5::timestamptz, $6::bytea, $7::text, $8::text, $9::uuid, $10::uuid,
  $11::uuid, $12::uuid, $13::text, $14::bigint, $15::bigint, $16::bigint, $17::bigint, $18::timestamptz, $19::uuid[],
  $20::text[], $21::text[], $22::bigint[], $23::boolean)`;

export const POST_EARNING_SQL = `select ${POST_EARNING_CALL} as transaction_id`;

/** What `ledger.post_earning` takes, alone in its transaction or not; null for a draft that it is not for. */
export function postEarningParameters(
  bookId: number,
  draft: TransactionDraft,
  isAlone: boolean,
): readonly Parameter[] | null {
  const { earning, kind, idempotencyKey, reference, effectiveAt } = draft;
  if (!earning || reference !== null || !earning.shares.every(({ isHeld }) => isHeld)) return null;
  if (!draft.postings.every((posting) => isReserveThenOwed(posting, earning))) return null;
  return [
    bookId,
    idempotencyKey,
    `\\x${requestHash(draft)}`,
    kind,
    effectiveAt.toISOString(),
    `\\x${ruleHash(earning.rule)}`,
    earning.kind,
    earning.sourceType,
    earning.sourceId,
    earning.dealId,
    earning.campaignId,
    earning.influencerId,
    earning.currency,
    `${earning.baseMinor}`,
    nullable(earning.netSalesBeforeMinor),
    nullable(earning.capLeftMinor),
    `${earning.grossMinor}`,
    earning.releaseAt.toISOString(),
    plainArray(earning.shares.map(({ partyId }) => partyId)),
    plainArray(earning.shares.map(({ role }) => role)),
    plainArray(earning.shares.map(({ share }) => share)),
    plainArray(earning.shares.map(({ amountMinor }) => amountMinor)),
    `${isAlone}`,
  ];
}

/** From the deal's reserve as far as it goes, and for the rest from what the brand owes. */
function isReserveThenOwed({ debit, overflow }: PostingDraft, { dealId }: EarningRecord): boolean {
  return debit.purpose === 'commission_reserve' && debit.dealId === dealId && overflow?.kind === 'brand_receivable';
}

function nullable(amountMinor: bigint | null): string | null {
  return amountMinor === null ? null : `${amountMinor}`;
}
