import { requireSession } from '@evenhand/identity';
import {
  type Actor,
  actsForOrganisation,
  Forbidden,
  isInfluencer,
  NotFound,
  type PersonActor,
  type Transaction,
  UnitOfWork,
} from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import type { MandateSide, MandateVersion } from '../domain/mandate';
import { InfluencerRepository } from './influencer-repository';
import { MandateRepository } from './mandate-repository';

export interface LockedMandate {
  readonly actor: PersonActor;
  readonly side: MandateSide;
  readonly influencerId: string;
  /** Oldest first. */
  readonly versions: readonly MandateVersion[];
}

interface MandateCommand {
  readonly actor: Actor;
  readonly mandateId: string;
  /** For which side; null: the one the actor is on. */
  readonly side: MandateSide | null;
}

/** One command at a time on the mandates of an influencer, by one of a mandate's two sides, in a session. */
@Injectable()
export class MandateLock {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly mandates: MandateRepository,
    private readonly influencers: InfluencerRepository,
  ) {}

  /** Runs the work in a transaction with all versions locked. Throws NotFound to strangers, Forbidden. */
  async run<T>(command: MandateCommand, work: (tx: Transaction, mandate: LockedMandate) => Promise<T>): Promise<T> {
    const actor = requireSession(command.actor);
    return this.uow.run(actor, async (tx) => {
      const [known] = await this.mandates.versions(tx, command.mandateId);
      if (known === undefined) throw new NotFound('Mandate');
      const side = sideOf(actor, known, command.side);
      await this.uow.asSystem(tx, () => this.influencers.lock(tx, known.influencerId));
      const versions = await this.mandates.lockVersions(tx, command.mandateId);
      return work(tx, { actor, side, influencerId: known.influencerId, versions });
    });
  }
}

/** Somebody on both sides speaks for the influencer unless they say otherwise. */
function sideOf(actor: PersonActor, mandate: MandateVersion, wanted: MandateSide | null): MandateSide {
  const sides: MandateSide[] = [];
  if (isInfluencer(actor, mandate.influencerId)) sides.push('influencer');
  if (actsForOrganisation(actor, mandate.agencyId, 'manager')) sides.push('agency');
  const side = wanted === null ? sides[0] : sides.find((each) => each === wanted);
  if (side === undefined) throw new Forbidden('Your role does not allow you to decide about this mandate.');
  return side;
}
