import { nextState, type Transitions } from '@evenhand/kernel';

export const DEAL_STATES = ['awaiting_funding', 'active', 'completed', 'cancelled', 'disputed'] as const;
export type DealState = (typeof DEAL_STATES)[number];
export type DealCommand = 'fund' | 'complete' | 'cancel' | 'dispute' | 'resume';

export const DEAL_TRANSITIONS: Transitions<DealState, DealCommand> = {
  awaiting_funding: { fund: 'active', cancel: 'cancelled' },
  active: { complete: 'completed', cancel: 'cancelled', dispute: 'disputed' },
  completed: {},
  cancelled: {},
  disputed: { resume: 'active' },
};
