import { hash } from 'node:crypto';
import type { Sale } from './world';

/** sha256 over everything the request says, put together in the cheapest way there is. */
export function requestHashOf({ draft, grossMinor }: Sale): Buffer {
  const { kind, source, dealId, campaignId, influencerId, currency, baseMinor, plan, fundedFrom } = draft;
  const whose = `${kind}|${source.type}|${source.id}|${dealId}|${campaignId}|${influencerId}|${currency}|${fundedFrom}`;
  const shares = plan.shares.map(({ partyId, role, share }) => `${partyId}|${role}|${share}`).join('|');
  const times = `${draft.earnedAt.getTime()}|${draft.releaseAt.getTime()}`;
  return hash('sha256', `${whose}|${baseMinor}|${grossMinor}|${plan.ruleVersion}|${shares}|${times}`, 'buffer');
}
