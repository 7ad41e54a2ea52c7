import { createHash } from 'node:crypto';
import type { DeliverablePiece } from '../domain/milestone';

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
  const bytes = createHash('sha256').update(`deliverable:${name}`, 'utf8').digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
