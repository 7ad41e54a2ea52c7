import {
  type Actor,
  actsForInfluencer,
  actsForOrganisation,
  NotFound,
  type PersonActor,
  type Transaction,
} from '@evenhand/kernel';
import type { DisputeSide } from '../../domain/dispute';
import type { Deal } from '../deal';
import { lockDeal } from '../deal-access';
import type { DealRepository } from '../deal-repository';
import type { Dispute } from './dispute';
import type { DisputeRepository } from './dispute-repository';

/** The dispute with its deal locked, as it is once it is locked. */
export async function lockDispute(
  tx: Transaction,
  deals: DealRepository,
  disputes: DisputeRepository,
  disputeId: string,
): Promise<{ readonly deal: Deal; readonly dispute: Dispute }> {
  const seen = await disputes.find(tx, disputeId);
  if (!seen) throw new NotFound('Dispute');
  const deal = await lockDeal(tx, deals, seen.dealId);
  const dispute = await disputes.find(tx, disputeId);
  if (!dispute) throw new NotFound('Dispute');
  return { deal, dispute };
}

/** The side somebody acts for who may act in the deal; the brand where they may act for both. */
export function sideOf(actor: Actor, deal: Pick<Deal, 'brandId'>): DisputeSide {
  return actsForOrganisation(actor, deal.brandId, 'manager') ? 'brand' : 'influencer';
}

/** True for whoever belongs to a side, in whatever role, or to an agency whose cut the deal's terms name. */
export function belongsToASide(actor: PersonActor, deal: Pick<Deal, 'brandId' | 'influencerId' | 'terms'>): boolean {
  return (
    actsForOrganisation(actor, deal.brandId, 'viewer') ||
    actsForInfluencer(actor, deal.influencerId, 'viewer') ||
    deal.terms.mandates.some(({ agencyId }) => actsForOrganisation(actor, agencyId, 'viewer'))
  );
}

/** The files of the deal's versions by which somebody shows what they say; anything else is not found. */
export function requireFilesOf(deal: Deal, fileIds: readonly string[]): void {
  const known = new Set(
    deal.deliverables.flatMap(({ versions }) => versions.flatMap(({ files }) => files)).map((file) => file.id),
  );
  if (fileIds.some((id) => !known.has(id))) throw new NotFound('File');
}
