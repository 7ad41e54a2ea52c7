import { requireSession } from '@evenhand/identity';
import {
  type Actor,
  actsForOrganisation,
  authorize,
  Clock,
  isInfluencer,
  NotFound,
  Outbox,
  UnitOfWork,
} from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { MandateNotInForce } from '../domain/errors';
import { endVersion, isLive, type MandateVersion } from '../domain/mandate';
import { InfluencerRepository } from './influencer-repository';
import { mandateEvent } from './mandate-event';
import { MandateRepository } from './mandate-repository';

/**
 * Either side ends a mandate at once, with any request that is open; deals made before keep their terms. The agency loses
 * its access with the next request of each of its members. Throws `MandateNotInForce`.
 */
@Injectable()
export class EndMandate {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly mandates: MandateRepository,
    private readonly influencers: InfluencerRepository,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async execute(command: { actor: Actor; mandateId: string }): Promise<MandateVersion> {
    const actor = requireSession(command.actor);
    return this.uow.run(actor, async (tx) => {
      const [known] = await this.mandates.versions(tx, command.mandateId);
      if (known === undefined) throw new NotFound('Mandate');
      const allowed = isInfluencer(actor, known.influencerId) || actsForOrganisation(actor, known.agencyId, 'manager');
      authorize(allowed, true, 'Mandate', 'end mandates');
      await this.uow.asSystem(tx, () => this.influencers.lock(tx, known.influencerId));
      const now = this.clock.now();
      const live = (await this.mandates.versions(tx, command.mandateId)).filter((version) => isLive(version, now));
      const ended = live.map((version) => endVersion(version, actor.userId, now));
      for (const version of ended) await this.mandates.save(tx, version);
      const last = ended.at(-1);
      if (last === undefined) throw new MandateNotInForce();
      await this.outbox.append(tx, [mandateEvent('parties.mandate_ended', last, actor.userId)]);
      return last;
    });
  }
}
