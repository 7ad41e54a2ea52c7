import type { DeliverablePiece } from '../domain/milestone';
import { idOfName } from './id-of-name';

/** What tells one deal from every other before it exists: one bid at most is open between campaign and influencer. */
export interface DealScope {
  readonly campaignId: string;
  readonly influencerId: string;
  readonly dealNumber: number;
}

/**
 * The id of a deliverable, from what it is (a name-based UUID, version 8). The ledger decides odd minor units by this
 * id, so a preview that knows it before the deal exists shows exactly what will be booked.
 */
export function deliverableId({ campaignId, influencerId, dealNumber }: DealScope, piece: DeliverablePiece): string {
  const name = JSON.stringify([campaignId, influencerId, dealNumber, piece.specKey, piece.sequence]);
  return idOfName(`deliverable:${name}`);
}
