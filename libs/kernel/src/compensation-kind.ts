/** The kinds of money a split plan is kept for; a gift is in kind and is not split. */
export const COMPENSATION_KINDS = ['cash', 'note_commission', 'livestream_commission'] as const;
export type CompensationKind = (typeof COMPENSATION_KINDS)[number];
