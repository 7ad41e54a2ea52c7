/** Why money that is owed is not (yet) paid. */
export const NOT_PAID_REASONS = [
  'held_until',
  'release_due',
  'disputed',
  'risk_review',
  'after_cut_off',
  'no_payout_account',
  'negative_balance',
  'below_minimum',
  'waiting_for_brand_money',
  'next_batch',
  'in_draft_batch',
  'awaiting_approval',
  'awaiting_export',
  'awaiting_bank',
  'bank_outcome_unknown',
] as const;
export type NotPaidReason = (typeof NOT_PAID_REASONS)[number];

/** Reasons a batch can state for what it does not pay. */
export type ExclusionReason = Extract<
  NotPaidReason,
  | 'held_until'
  | 'release_due'
  | 'disputed'
  | 'risk_review'
  | 'after_cut_off'
  | 'no_payout_account'
  | 'negative_balance'
  | 'below_minimum'
  | 'waiting_for_brand_money'
>;

export type WhoMustAct = 'nobody' | 'system' | 'payee' | 'brand' | 'finance_preparer' | 'finance_approver' | 'operator';

export interface ReasonRule {
  /** The rule in a sentence. */
  readonly rule: string;
  readonly whoMustAct: WhoMustAct;
}

/** The rule behind each reason, and on whom it depends that the money moves on. */
export const REASON_RULES: Readonly<Record<NotPaidReason, ReasonRule>> = {
  held_until: {
    rule: 'A share is held until its release date, so that refunds can still take it back.',
    whoMustAct: 'nobody',
  },
  release_due: {
    rule: 'The hold has ended; the next run of the release job makes it available.',
    whoMustAct: 'system',
  },
  disputed: {
    rule: 'The deal or this part of it is disputed: the money is frozen until the dispute is decided.',
    whoMustAct: 'operator',
  },
  risk_review: {
    rule: 'The sale is held for review: its money is frozen until a person has decided.',
    whoMustAct: 'operator',
  },
  after_cut_off: {
    rule: 'It became available after the cut-off and goes into the next batch.',
    whoMustAct: 'finance_preparer',
  },
  no_payout_account: { rule: 'The payee has set no account for this currency.', whoMustAct: 'payee' },
  negative_balance: {
    rule: 'Refunds took back more than was left with this brand; the next earnings with it are netted first.',
    whoMustAct: 'nobody',
  },
  below_minimum: {
    rule: 'All that is payable in this currency is less than the minimum payout.',
    whoMustAct: 'nobody',
  },
  waiting_for_brand_money: {
    rule: "Payouts are made from the brand's own money alone, and not enough of it has arrived.",
    whoMustAct: 'brand',
  },
  next_batch: { rule: 'It is available and goes into the next batch.', whoMustAct: 'finance_preparer' },
  in_draft_batch: { rule: 'It is in a batch that has not been submitted yet.', whoMustAct: 'finance_preparer' },
  awaiting_approval: {
    rule: 'It is in a batch that another person must approve.',
    whoMustAct: 'finance_approver',
  },
  awaiting_export: { rule: 'It is in an approved batch that is not at the bank yet.', whoMustAct: 'finance_preparer' },
  awaiting_bank: {
    rule: 'It is at the bank, whose confirmation has not been recorded yet.',
    whoMustAct: 'finance_preparer',
  },
  bank_outcome_unknown: {
    rule: 'The bank has not said what became of it; it is not sent again until that is known.',
    whoMustAct: 'finance_preparer',
  },
};
