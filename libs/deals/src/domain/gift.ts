export const GIFT_STATES = ['promised', 'shipped', 'received', 'fulfilled', 'overdue', 'returned'] as const;
export type GiftState = (typeof GIFT_STATES)[number];
