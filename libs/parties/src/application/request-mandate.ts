import {
  type Actor,
  Clock,
  IdGenerator,
  NotFound,
  Outbox,
  type PersonActor,
  type Transaction,
  UnitOfWork,
} from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { MandateChangeAlreadyOpen } from '../domain/errors';
import { lapseVersion, type MandateProposal, type MandateVersion, requestVersion, stateAt } from '../domain/mandate';
import { InfluencerRepository } from './influencer-repository';
import { mandateEvent } from './mandate-event';
import { MandateRepository } from './mandate-repository';
import { requireMember } from './party-access';

export interface RequestMandateCommand extends Omit<MandateProposal, 'position'> {
  readonly actor: Actor;
  /** 1 is outermost; null: as before, or inside all agencies that are there. */
  readonly position: number | null;
}

/**
 * An agency asks an influencer for a mandate, or for other terms of the one it has: nothing changes before she consents.
 * Throws `MandateChangeAlreadyOpen`, `InvalidMandateCut`, `MandatePeriodEmpty`. Whether the cuts fit into the influencer's
 * whole chain is decided when she accepts: the answer would tell this agency what others take.
 */
@Injectable()
export class RequestMandate {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly mandates: MandateRepository,
    private readonly influencers: InfluencerRepository,
    private readonly outbox: Outbox,
    private readonly ids: IdGenerator,
    private readonly clock: Clock,
  ) {}

  async execute(command: RequestMandateCommand): Promise<MandateVersion> {
    const actor = requireMember(command.actor, command.agencyId, 'manager', 'ask for mandates');
    const kind = actor.memberships.find((membership) => membership.partyId === command.agencyId)?.kind;
    if (kind !== 'agency') throw new NotFound('Agency');
    return this.uow.run(actor, async (tx) => {
      const influencer = await this.uow.asSystem(tx, () => this.influencers.lock(tx, command.influencerId));
      if (influencer === null) throw new NotFound('Influencer');
      const request = await this.draft(tx, actor, command);
      await this.mandates.add(tx, request);
      await this.outbox.append(tx, [mandateEvent('parties.mandate_requested', request, actor.userId)]);
      return request;
    });
  }

  private async draft(tx: Transaction, actor: PersonActor, command: RequestMandateCommand): Promise<MandateVersion> {
    const now = this.clock.now();
    const earlier = await this.mandates.versionsOfPair(tx, command.influencerId, command.agencyId);
    await this.makeRoom(tx, earlier, now);
    const last = earlier.at(-1);
    const { influencerId, agencyId, cuts, startsOn, endsAt } = command;
    const position = command.position ?? last?.position ?? (await this.nextPosition(tx, influencerId, now));
    return requestVersion(
      { influencerId, agencyId, position, cuts, startsOn, endsAt },
      {
        mandateId: last?.mandateId ?? this.ids.next(),
        version: (last?.version ?? 0) + 1,
        requestedBy: actor.userId,
      },
      now,
    );
  }

  /** A request that lapsed but that no job has marked yet must not stand in the way of a new one. */
  private async makeRoom(tx: Transaction, earlier: readonly MandateVersion[], now: Date): Promise<void> {
    const open = earlier.find((version) => version.state === 'requested');
    if (open === undefined) return;
    if (stateAt(open, now) === 'requested') throw new MandateChangeAlreadyOpen();
    await this.uow.asSystem(tx, () => this.mandates.save(tx, lapseVersion(open, now)));
  }

  private async nextPosition(tx: Transaction, influencerId: string, now: Date): Promise<number> {
    const chain = await this.uow.asSystem(tx, () => this.mandates.inForceFrom(tx, influencerId, now));
    return Math.max(0, ...chain.map((version) => version.position)) + 1;
  }
}
