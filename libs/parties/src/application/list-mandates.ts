import {
  type Actor,
  Clock,
  NotFound,
  type Page,
  type PageRequest,
  requirePerson,
  type Transaction,
  UnitOfWork,
} from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { type MandateVersion, stateAt } from '../domain/mandate';
import type { PartyName } from '../domain/party';
import { type MandateFilter, MandateRepository } from './mandate-repository';
import { PartyDirectory } from './party-directory';

/** A version with its state as of now and the names of all whom it names. */
export interface MandateView extends MandateVersion {
  readonly influencerName: string;
  readonly agencyName: string;
  /** The brands with cuts of their own, in the order of the terms. */
  readonly brands: readonly PartyName[];
}

export interface ListMandatesQuery extends Omit<MandateFilter, 'mandateId' | 'now'> {
  readonly actor: Actor;
  readonly page: PageRequest;
}

/** The mandates of the influencer or of the actor's agencies: no side sees the terms of another agency. */
@Injectable()
export class ListMandates {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly mandates: MandateRepository,
    private readonly parties: PartyDirectory,
    private readonly clock: Clock,
  ) {}

  async execute({ actor, page, ...filter }: ListMandatesQuery): Promise<Page<MandateView>> {
    const now = this.clock.now();
    return this.uow.read(requirePerson(actor), async (tx) => {
      const found = await this.mandates.list(tx, { ...filter, mandateId: null, now }, page);
      return namedPage(tx, this.parties, found, now);
    });
  }
}

export interface MandateHistory {
  /** What counts: the version in force, else what begins or waits for an answer, else what was last. */
  readonly current: MandateView;
  /** Newest request first. */
  readonly versions: Page<MandateView>;
}

/** One mandate with its versions, for its two sides. Throws NotFound. */
@Injectable()
export class GetMandate {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly mandates: MandateRepository,
    private readonly parties: PartyDirectory,
    private readonly clock: Clock,
  ) {}

  async execute(query: { actor: Actor; mandateId: string; page: PageRequest }): Promise<MandateHistory> {
    const now = this.clock.now();
    return this.uow.read(requirePerson(query.actor), async (tx) => {
      const current = currentOf(await this.mandates.versions(tx, query.mandateId), now);
      if (current === undefined) throw new NotFound('Mandate');
      const filter = { mandateId: query.mandateId, influencerId: null, agencyId: null, states: [], now };
      const found = await this.mandates.list(tx, filter, query.page);
      const [view] = await viewsOf(tx, this.parties, [current], now);
      if (view === undefined) throw new NotFound('Mandate');
      return { current: view, versions: await namedPage(tx, this.parties, found, now) };
    });
  }
}

function currentOf(versions: readonly MandateVersion[], now: Date): MandateVersion | undefined {
  const accepted = versions.filter((version) => stateAt(version, now) === 'accepted');
  const begun = accepted.find(({ validFrom }) => validFrom !== null && validFrom <= now);
  return begun ?? accepted[0] ?? versions.find((version) => stateAt(version, now) === 'requested') ?? versions.at(-1);
}

async function namedPage(
  tx: Transaction,
  parties: PartyDirectory,
  page: Page<MandateVersion>,
  now: Date,
): Promise<Page<MandateView>> {
  const nodes = page.rows.map((row) => row.node);
  const views = await viewsOf(tx, parties, nodes, now);
  const rows = views.map((node, place) => ({ node, cursor: page.rows[place]?.cursor ?? '' }));
  return { ...page, rows };
}

/** Names for all versions in one query. */
async function viewsOf(
  tx: Transaction,
  parties: PartyDirectory,
  versions: readonly MandateVersion[],
  now: Date,
): Promise<readonly MandateView[]> {
  const brandsOf = ({ brandOverrides }: MandateVersion) => brandOverrides.map(({ brandId }) => brandId);
  const ids = versions.flatMap((version) => [version.influencerId, version.agencyId, ...brandsOf(version)]);
  const names = await parties.namesOf(tx, ids);
  return versions.map((version) => ({
    ...version,
    state: stateAt(version, now),
    influencerName: names.get(version.influencerId)?.name ?? '',
    agencyName: names.get(version.agencyId)?.name ?? '',
    brands: brandsOf(version).flatMap((id) => names.get(id) ?? []),
  }));
}
