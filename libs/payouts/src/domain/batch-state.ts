import type { Transitions } from '@evenhand/kernel';

export const BATCH_STATES = ['draft', 'submitted', 'approved', 'exported', 'settled', 'rejected', 'cancelled'] as const;
export type BatchState = (typeof BATCH_STATES)[number];

export type BatchCommand = 'exclude_item' | 'submit' | 'approve' | 'reject' | 'reopen' | 'cancel' | 'export' | 'settle';

/** A batch's way from draft to settled. Only a draft can be edited; reopening a batch takes its approval away. */
export const BATCH_TRANSITIONS: Transitions<BatchState, BatchCommand> = {
  draft: { exclude_item: 'draft', submit: 'submitted', cancel: 'cancelled' },
  submitted: { approve: 'approved', reject: 'rejected', reopen: 'draft', cancel: 'cancelled' },
  approved: { export: 'exported', reject: 'rejected', reopen: 'draft', cancel: 'cancelled' },
  exported: { settle: 'settled' },
  settled: {},
  rejected: {},
  cancelled: {},
};
