import { type Actor, COMPENSATION_KINDS, type Transaction, type CompensationKind } from '@evenhand/kernel';
import type { Cut } from '@evenhand/ledger';
import { type PartyDirectory, type PartyName } from '@evenhand/parties';
import { type DatedTermState, termState } from '../domain/dated-term';
import { chainSight } from './chain-sight';
import type { Deal } from './deal';

/** One party's exact share of every gross amount of a kind. */
export interface PlanShareView {
  readonly party: PartyName;
  readonly role: 'platform' | 'agency' | 'influencer';
  /** Exact rational from 0 to 1 as text. */
  readonly share: string;
}

export interface SplitPlanView {
  readonly kind: CompensationKind;
  /** Of the bounds; null where no cut has one. */
  readonly currency: string | null;
  /** The chain as agreed, in its order. */
  readonly cuts: readonly PlanCutView[];
  /** Of the amount agreed on, a cut on top aside, where no bound is reached. */
  readonly shares: readonly PlanShareView[];
}

/** One cut of the chain as agreed; bounds are minor units of one earning. */
export interface PlanCutView {
  readonly party: PartyName;
  readonly role: 'platform' | 'agency';
  readonly of: 'gross' | 'remainder' | 'on_top';
  readonly share: string;
  readonly minMinor: bigint | null;
  readonly maxMinor: bigint | null;
}

/** A deal with the names of its parties, for showing: to a member of an agency without what other agencies take. */
export interface DealView {
  readonly deal: Deal;
  readonly brand: PartyName;
  readonly influencer: PartyName;
  readonly agency: PartyName | null;
  readonly splitPlans: readonly SplitPlanView[];
  /** Whoever submitted a version, by id. */
  readonly submitters: ReadonlyMap<string, PartyName>;
  /** How far the terms with dates have come; null where there is no such term, or no deal any more. */
  readonly usageRights: DatedTermState | null;
  readonly exclusivity: DatedTermState | null;
}

/** Names for all deals in one query. */
export async function viewsOf(
  tx: Transaction,
  parties: PartyDirectory,
  actor: Actor,
  deals: readonly Deal[],
  now: Date,
): Promise<readonly DealView[]> {
  const ids = new Set(deals.flatMap(partyIdsOf));
  const names = await parties.namesOf(tx, [...ids]);
  return deals.map((deal) => viewOf(actor, deal, names, now));
}

function partyIdsOf(deal: Deal): readonly string[] {
  const shares = Object.values(deal.terms.plans).flatMap((plan) =>
    [...plan.shares, ...plan.cuts].map((part) => part.partyId),
  );
  const submitters = deal.deliverables.flatMap(({ versions }) => versions.map(({ partyId }) => partyId));
  const own = [deal.brandId, deal.influencerId, ...shares, ...submitters];
  return deal.agencyId === null ? own : [...own, deal.agencyId];
}

const NO_DATES = { usageRights: null, exclusivity: null };

function viewOf(actor: Actor, deal: Deal, names: ReadonlyMap<string, PartyName>, now: Date): DealView {
  const { usageRights, exclusivity } = deal.state === 'cancelled' ? NO_DATES : deal.terms.brief;
  const maySee = chainSight(actor, deal);
  const mandates = deal.terms.mandates.filter(({ agencyId }) => maySee({ partyId: agencyId, role: 'agency' }));
  return {
    deal: { ...deal, terms: { ...deal.terms, mandates } },
    brand: nameOf(names, deal.brandId),
    influencer: nameOf(names, deal.influencerId),
    agency: deal.agencyId === null ? null : nameOf(names, deal.agencyId),
    submitters: names,
    usageRights: usageRights && termState(usageRights, now),
    exclusivity: exclusivity && termState(exclusivity, now),
    splitPlans: COMPENSATION_KINDS.flatMap((kind) => {
      const plan = deal.terms.plans[kind];
      if (!plan) return [];
      const shares = plan.shares
        .filter(maySee)
        .map(({ partyId, role, share }) => ({ party: nameOf(names, partyId), role, share }));
      const cuts = plan.cuts.filter(maySee).map((cut) => cutViewOf(cut, names));
      return [{ kind, currency: plan.currency ?? null, cuts, shares }];
    }),
  };
}

function cutViewOf({ partyId, role, of, share, ...bounds }: Cut, names: ReadonlyMap<string, PartyName>): PlanCutView {
  const [minMinor, maxMinor] = [bounds.minMinor, bounds.maxMinor].map((text) =>
    text === undefined ? null : BigInt(text),
  );
  return { party: nameOf(names, partyId), role, of, share, minMinor: minMinor ?? null, maxMinor: maxMinor ?? null };
}

/** A party of the answer; every id here is held by a foreign key, so a missing name is a fault of ours. */
export function nameOf(names: ReadonlyMap<string, PartyName>, id: string): PartyName {
  const name = names.get(id);
  if (!name) throw new Error(`Party ${id} has no name.`);
  return name;
}
