import { systemActor } from '@evenhand/kernel';
import { ReleaseDueHolds } from '@evenhand/ledger';
import {
  AcceptMandate,
  type InfluencerProfile,
  LoadActor,
  RequestMandate,
  SignUpAgency,
  SignUpInfluencer,
} from '@evenhand/parties';
import { DecideRiskHold, ListRiskHolds, type RiskHoldFilter } from '@evenhand/sales';
import { sameCuts } from '../parties-world';
import { person, type SalesWorld } from './sales-world';
import { PLAIN_REQUEST } from '../mandate-samples';

export const OPERATOR = person({ staffRoles: ['operator'] });

const LONG_AFTER = new Date('2036-01-01T00:00:00Z');
const PROFILE: Pick<InfluencerProfile, 'bio' | 'categories' | 'markets' | 'languages'> = {
  bio: '',
  categories: ['fashion'],
  markets: ['CN'],
  languages: ['ja'],
};

function somebody(email: string) {
  return { email, password: 'correct horse battery staple 42', displayName: email, locale: 'en', address: null };
}

export function influencer(world: SalesWorld, email: string) {
  return world.get(SignUpInfluencer).execute({ ...somebody(email), country: 'JP', ...PROFILE });
}

/** An agency that represents the influencer. */
export async function agencyOf(world: SalesWorld, represented: { userId: string; partyId: string }, email: string) {
  const agency = await world
    .get(SignUpAgency)
    .execute({ ...somebody(email), organisationName: 'Sakura', country: 'JP' });
  const actorOf = (userId: string) => world.get(LoadActor).forUser(userId, null);
  const { mandateId, version } = await world.get(RequestMandate).execute({
    actor: await actorOf(agency.userId),
    agencyId: agency.partyId,
    influencerId: represented.partyId,
    cuts: sameCuts('0.2'),
    ...PLAIN_REQUEST,
  });
  await world.get(AcceptMandate).execute({ actor: await actorOf(represented.userId), mandateId, version });
  return agency;
}

export async function holdsOf(world: SalesWorld, filter: RiskHoldFilter) {
  const page = { first: 100, after: null };
  const { rows } = await world.get(ListRiskHolds).execute({ actor: systemActor('test'), filter, page });
  return rows.map(({ node }) => node);
}

/** External ids of the sales on hold, with what speaks against each, in the order of the ids. */
export async function heldOrders(world: SalesWorld, brandId: string): Promise<readonly string[]> {
  const holds = await holdsOf(world, { brandId, state: 'open' });
  return holds.map(({ sale, reasons }) => `${sale.externalId}: ${reasons.join(', ')}`).sort();
}

/** Releases whatever is not frozen, ten years later. */
export function releaseAll(world: SalesWorld) {
  return world.get(ReleaseDueHolds).execute({ now: LONG_AFTER, limit: 100_000 });
}

export async function stateOf(world: SalesWorld, saleId: string): Promise<string | undefined> {
  const [row] = await world.rowsFor<{ state: string }>(
    systemActor('test'),
    `select distinct state || coalesce(' ' || frozen_reason, '') as state from ledger.share_details
     where source_type = 'sale' and source_id = $1`,
    [saleId],
  );
  return row?.state;
}

export function decide(
  world: SalesWorld,
  holdId: string,
  decision: 'cleared' | 'confirmed',
  given: Partial<Parameters<DecideRiskHold['execute']>[0]> = {},
) {
  const command = { actor: OPERATOR, holdId, decision, note: 'Looked at it.', idempotencyKey: `decide-${holdId}` };
  return world.get(DecideRiskHold).execute({ ...command, ...given });
}
