export const DEAL_SIDES = ['brand', 'influencer'] as const;
/** Which of the two that agreed on a deal. */
export type DealSide = (typeof DEAL_SIDES)[number];
