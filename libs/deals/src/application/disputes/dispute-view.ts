import type { Transaction } from '@evenhand/kernel';
import type { PartyDirectory } from '@evenhand/parties';
import type { Dispute, DisputeView } from './dispute';

/** The names of whoever wrote in any of the disputes, in one query. */
export async function disputeViewsOf(
  tx: Transaction,
  parties: PartyDirectory,
  disputes: readonly Dispute[],
): Promise<readonly DisputeView[]> {
  if (disputes.length === 0) return [];
  const ids = disputes.flatMap(({ entries }) => entries.map(({ partyId }) => partyId));
  const names = await parties.namesOf(tx, [...new Set(ids)]);
  return disputes.map((dispute) => ({ dispute, names }));
}
