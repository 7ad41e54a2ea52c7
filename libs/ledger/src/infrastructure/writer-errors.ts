import { type DomainError, IdempotencyConflict } from '@evenhand/kernel';
import { constraintOf, sqlStateOf } from '@evenhand/platform';
import {
  BalanceOutOfRange,
  EarningAlreadyRecorded,
  InsufficientBrandBalance,
  InsufficientClientCash,
  InsufficientEscrow,
  InsufficientFunds,
  InsufficientPayable,
  PeriodClosed,
} from '../domain/errors';
import type { TransactionDraft } from '../domain/transaction-draft';

const UNIQUE_VIOLATION = '23505';
const OUT_OF_RANGE = '22003';

/** The broken rule behind an error of `ledger.post_batch`, naming its draft; null for any other error. */
export function brokenRuleOf(error: unknown, drafts: readonly TransactionDraft[]): DomainError | null {
  const state = sqlStateOf(error);
  if (state === UNIQUE_VIOLATION && constraintOf(error) === 'earnings_source') return earningAlreadyRecorded(error);
  if (state === OUT_OF_RANGE) return new BalanceOutOfRange();
  if (state === undefined || !['EV001', 'EV002', 'EV003', 'EV005'].includes(state)) return null;
  const detail = detailOf(error);
  const key = drafts[Number(detail['item']) - 1]?.idempotencyKey ?? '';
  if (state === 'EV001') return new IdempotencyConflict(key);
  if (state === 'EV005') return new PeriodClosed(key, String(detail['closedBefore']));
  return shortfallOf(detail, key);
}

function shortfallOf(detail: Readonly<Record<string, unknown>>, key: string): DomainError {
  const shortfall = {
    currency: String(detail['currency']),
    availableMinor: BigInt(String(detail['available'])),
    neededMinor: BigInt(String(detail['needed'])),
    key,
  };
  switch (detail['account']) {
    case 'brand_balance':
      return new InsufficientBrandBalance(shortfall);
    case 'deal_escrow':
      return new InsufficientEscrow(shortfall);
    case 'client_cash':
      return new InsufficientClientCash(shortfall);
    case 'payee_available':
      return new InsufficientPayable(shortfall);
    default:
      return new InsufficientFunds(shortfall);
  }
}

function earningAlreadyRecorded(error: unknown): DomainError {
  const [, sourceType = '', sourceId = ''] = /=\(\d+, (\w+), ([0-9a-f-]+)\)/.exec(detailTextOf(error)) ?? [];
  return new EarningAlreadyRecorded(sourceType, sourceId);
}

function detailOf(error: unknown): Readonly<Record<string, unknown>> {
  const detail: unknown = JSON.parse(detailTextOf(error));
  return typeof detail === 'object' && detail !== null ? { ...detail } : {};
}

function detailTextOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '{}';
  if ('driverError' in error) return detailTextOf(error.driverError);
  return 'detail' in error && typeof error.detail === 'string' ? error.detail : '{}';
}
