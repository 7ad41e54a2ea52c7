import { NotFound } from '@evenhand/kernel';
import { fromUUID, TypeID } from 'typeid-js';

/** The prefixes of ids on the wire, with what each stands for in an error message. */
const PREFIXES = {
  user: 'User',
  party: 'Party',
  chan: 'Channel',
  mandate: 'Mandate',
  invite: 'Invitation',
  apikey: 'API key',
  payoutaccount: 'Payout account',
  address: 'Delivery address',
  campaign: 'Campaign',
  bid: 'Bid',
  deal: 'Deal',
  bonus: 'Bonus',
  deliverable: 'Deliverable',
  dispute: 'Dispute',
  file: 'File',
  comment: 'Comment',
  gift: 'Gift',
  review: 'Review',
  sale: 'Sale',
  refund: 'Refund',
  risk: 'Risk hold',
  problem: 'Problem',
  mend: 'Mend',
  import: 'Import',
  row: 'Row',
  source: 'Source',
  delivery: 'Delivery',
  batch: 'Payout batch',
  payout: 'Payout item',
  endpoint: 'Webhook endpoint',
  msg: 'Webhook message',
  message: 'Message',
  search: 'Saved search',
  notification: 'Notification',
} as const;
export type IdPrefix = keyof typeof PREFIXES;

const LEDGER_PREFIXES = {
  book: 'Book',
  account: 'Account',
  txn: 'Transaction',
  posting: 'Posting',
  earning: 'Earning',
  share: 'Share',
} as const;
export type LedgerIdPrefix = keyof typeof LEDGER_PREFIXES;

/** An id as clients see it: `deal_01j…`, with the UUIDv7 beneath. */
export function toGlobalId(prefix: IdPrefix, uuid: string): string {
  return fromUUID(uuid, prefix);
}

/** The UUID in a prefixed id. An id of another kind or form is simply not found. */
export function fromGlobalId(prefix: IdPrefix, id: string): string {
  try {
    return TypeID.fromString(id, prefix).toUUID();
  } catch {
    throw new NotFound(PREFIXES[prefix]);
  }
}

/** The kind and the UUID of an id of any kind that stands for a UUID; anything else is not found. */
export function fromAnyGlobalId(id: string): { readonly prefix: IdPrefix; readonly uuid: string } {
  try {
    const parsed = TypeID.fromString(id);
    const prefix = parsed.getType();
    if (isIdPrefix(prefix)) return { prefix, uuid: parsed.toUUID() };
  } catch {
    // Falls through: whatever is wrong with it, the answer is the same.
  }
  throw new NotFound('Object');
}

export function isIdPrefix(prefix: string): prefix is IdPrefix {
  return Object.hasOwn(PREFIXES, prefix);
}

export interface LedgerKey {
  readonly bookId: number;
  readonly id: bigint;
}

/** Ledger rows are numbered within their book: `posting_<book>_<number>`. */
export function toLedgerId(prefix: LedgerIdPrefix, key: LedgerKey): string {
  return `${prefix}_${key.bookId}_${key.id}`;
}

export function fromLedgerId(prefix: LedgerIdPrefix, id: string): LedgerKey {
  const match = /^([a-z]+)_(\d{1,9})_(\d{1,18})$/.exec(id);
  if (match === null || match[1] !== prefix) throw new NotFound(LEDGER_PREFIXES[prefix]);
  return { bookId: Number(match[2]), id: BigInt(match[3] ?? '') };
}
