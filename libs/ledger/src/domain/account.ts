import { CurrencyMismatch } from '@evenhand/money';

/** Which side increases an account: its balance is positive on this side. */
export type NormalSide = 'debit' | 'credit';
export type AccountClass = 'asset' | 'liability' | 'revenue' | 'conversion' | 'in_kind';
export const ESCROW_PURPOSES = ['cash', 'commission_reserve'] as const;
export type EscrowPurpose = (typeof ESCROW_PURPOSES)[number];

interface AccountRule {
  readonly class: AccountClass;
  readonly normalSide: NormalSide;
  /** True where the balance may never fall below zero, and is kept in a row of its own under a lock. */
  readonly hasFloor: boolean;
  /** True where shares alone move the balance: it is what is left of the held ones. */
  readonly isPending: boolean;
}

/** The chart of accounts of a book; `ledger.account_kinds` in the database holds the same rows. */
export const CHART_OF_ACCOUNTS = {
  client_cash: { class: 'asset', normalSide: 'debit', hasFloor: true, isPending: false },
  brand_receivable: { class: 'asset', normalSide: 'debit', hasFloor: false, isPending: false },
  brand_balance: { class: 'liability', normalSide: 'credit', hasFloor: true, isPending: false },
  deal_escrow: { class: 'liability', normalSide: 'credit', hasFloor: true, isPending: false },
  payee_pending: { class: 'liability', normalSide: 'credit', hasFloor: false, isPending: true },
  payee_available: { class: 'liability', normalSide: 'credit', hasFloor: false, isPending: false },
  payout_in_transit: { class: 'liability', normalSide: 'credit', hasFloor: true, isPending: false },
  platform_fee_pending: { class: 'revenue', normalSide: 'credit', hasFloor: false, isPending: true },
  platform_fee: { class: 'revenue', normalSide: 'credit', hasFloor: false, isPending: false },
  fx_position: { class: 'conversion', normalSide: 'credit', hasFloor: false, isPending: false },
  gift_given: { class: 'in_kind', normalSide: 'debit', hasFloor: false, isPending: false },
  gift_received: { class: 'in_kind', normalSide: 'credit', hasFloor: false, isPending: false },
} as const satisfies Readonly<Record<string, AccountRule>>;

export type AccountKind = keyof typeof CHART_OF_ACCOUNTS;

/** One account of a book, named by what it is for; it comes into being with its first posting. */
export interface Account {
  readonly kind: AccountKind;
  /** ISO 4217 code; every posting on the account is in it. */
  readonly currency: string;
  readonly partyId: string | null;
  readonly dealId: string | null;
  readonly purpose: EscrowPurpose | null;
}

function bookWide(kind: AccountKind): (currency: string) => Account {
  return (currency) => ({ kind, currency, partyId: null, dealId: null, purpose: null });
}

function ofParty(kind: AccountKind): (partyId: string, currency: string) => Account {
  return (partyId, currency) => ({ kind, currency, partyId, dealId: null, purpose: null });
}

export const clientCash = bookWide('client_cash');
export const brandReceivable = bookWide('brand_receivable');
export const brandBalance = bookWide('brand_balance');
export const payoutInTransit = bookWide('payout_in_transit');
export const platformFeePending = bookWide('platform_fee_pending');
export const platformFee = bookWide('platform_fee');
export const fxPosition = bookWide('fx_position');
export const giftGiven = bookWide('gift_given');
export const payeePending = ofParty('payee_pending');
export const payeeAvailable = ofParty('payee_available');
export const giftReceived = ofParty('gift_received');

export function dealEscrow(dealId: string, purpose: EscrowPurpose, currency: string): Account {
  return { kind: 'deal_escrow', currency, partyId: null, dealId, purpose };
}

export function assertSameAccountCurrency(debit: Account, credit: Account): void {
  if (debit.currency !== credit.currency) throw new CurrencyMismatch(debit.currency, credit.currency);
}
