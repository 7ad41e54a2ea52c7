/** The kinds of money a split plan is kept for; a gift is in kind and is not split. */
export const COMPENSATION_KINDS = ['cash', 'note_commission', 'livestream_commission'] as const;
export type CompensationKind = (typeof COMPENSATION_KINDS)[number];

/** What an earning is for: a kind of money with a plan of its own, or a bonus, which is split by the plan of another. */
export const EARNING_KINDS = [...COMPENSATION_KINDS, 'bonus'] as const;
export type EarningKind = (typeof EARNING_KINDS)[number];
