import { type Actor, Clock, type Page, type PageRequest, requirePerson, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { type MandateState, type MandateVersion, stateAt } from '../domain/mandate';
import { MandateRepository } from './mandate-repository';
import { PartyDirectory } from './party-directory';

/** A version with its state as of now and the names of both sides. */
export interface MandateView extends MandateVersion {
  readonly influencerName: string;
  readonly agencyName: string;
}

export interface ListMandatesQuery {
  readonly actor: Actor;
  readonly influencerId: string | null;
  readonly agencyId: string | null;
  /** Empty: all. */
  readonly states: readonly MandateState[];
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

  async execute(query: ListMandatesQuery): Promise<Page<MandateView>> {
    const actor = requirePerson(query.actor);
    const now = this.clock.now();
    return this.uow.read(actor, async (tx) => {
      const page = await this.mandates.list(tx, { ...query, now }, query.page);
      const versions = page.rows.map((row) => row.node);
      const ids = versions.flatMap((version) => [version.influencerId, version.agencyId]);
      const names = await this.parties.namesOf(tx, ids);
      const nameOf = (id: string) => names.get(id)?.name ?? '';
      const rows = page.rows.map(({ node, cursor }) => ({
        cursor,
        node: {
          ...node,
          state: stateAt(node, now),
          influencerName: nameOf(node.influencerId),
          agencyName: nameOf(node.agencyId),
        },
      }));
      return { ...page, rows };
    });
  }
}
