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
import { AgencyTwiceInChain, MandateChangeAlreadyOpen, MandateUnderNotice } from '../domain/errors';
import {
  isLive,
  lapseVersion,
  type MandateProposal,
  type MandateVersion,
  requestVersion,
  stateAt,
} from '../domain/mandate';
import { runningNotice } from '../domain/mandate-ending';
import { ChainPolicyRepository } from './chain-policy-repository';
import { InfluencerRepository } from './influencer-repository';
import { mandateEvent } from './mandate-event';
import { MandateRepository } from './mandate-repository';
import { PartyDirectory } from './party-directory';
import { requireMember } from './party-access';

export interface RequestMandateCommand extends Omit<MandateProposal, 'position'> {
  readonly actor: Actor;
  /** 1 is outermost; null: as before, or inside all agencies that are there. */
  readonly position: number | null;
  /** Which of the agency's mandates is to change; null: the one it had last, or a first one. */
  readonly mandateId: string | null;
  /** A further mandate beside the one the agency has: it would stand twice in the chain. */
  readonly additional: boolean;
}

/**
 * An agency asks an influencer for a mandate, or for other terms of the one it has: nothing changes before she consents.
 * Throws `MandateChangeAlreadyOpen`, `MandateUnderNotice`, `AgencyTwiceInChain`, `InvalidMandateCut`, `MandatePeriodEmpty`.
 * Whether the cuts fit into the influencer's whole chain is decided when she accepts: the answer would tell this agency
 * what others take.
 */
@Injectable()
export class RequestMandate {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly mandates: MandateRepository,
    private readonly influencers: InfluencerRepository,
    private readonly parties: PartyDirectory,
    private readonly policies: ChainPolicyRepository,
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
      // A mandate is looked for among those of the two.
      if (influencer === null) throw new NotFound(command.mandateId === null ? 'Influencer' : 'Mandate');
      const request = await this.draft(tx, actor, command);
      await this.mandates.add(tx, request);
      await this.outbox.append(tx, [mandateEvent('parties.mandate_requested', null, request, actor.userId)]);
      return request;
    });
  }

  private async assertBrands(tx: Transaction, { brandOverrides }: RequestMandateCommand): Promise<void> {
    const ids = brandOverrides.map(({ brandId }) => brandId);
    const names = await this.parties.namesOf(tx, ids);
    if (ids.some((id) => names.get(id)?.kind !== 'brand')) throw new NotFound('Brand');
  }

  private async draft(tx: Transaction, actor: PersonActor, command: RequestMandateCommand): Promise<MandateVersion> {
    const now = this.clock.now();
    const ofPair = await this.mandates.versionsOfPair(tx, command.influencerId, command.agencyId);
    const earlier = await this.versionsToChange(tx, ofPair, command, now);
    await this.assertBrands(tx, command);
    await this.makeRoom(tx, ofPair, now);
    const notice = runningNotice(earlier, now);
    if (notice !== null) throw new MandateUnderNotice(notice.endsAt);
    const last = earlier.at(-1);
    const { influencerId, agencyId, cuts, brandOverrides, noticeDays, startsOn, endsAt } = command;
    const position = command.position ?? last?.position ?? (await this.nextPosition(tx, influencerId, now));
    return requestVersion(
      { influencerId, agencyId, position, cuts, brandOverrides, noticeDays, startsOn, endsAt },
      {
        mandateId: last?.mandateId ?? this.ids.next(),
        version: (last?.version ?? 0) + 1,
        requestedBy: actor.userId,
      },
      now,
    );
  }

  /** Versions of the mandate that is to change; none for a first or a further one. */
  private async versionsToChange(
    tx: Transaction,
    ofPair: readonly MandateVersion[],
    { mandateId, additional }: RequestMandateCommand,
    now: Date,
  ): Promise<readonly MandateVersion[]> {
    if (additional) {
      const stands = ofPair.some((version) => isLive(version, now));
      if (stands && !(await this.policies.current(tx)).sameAgencyTwice) throw new AgencyTwiceInChain();
      return stands ? [] : ofPair.filter((version) => version.mandateId === ofPair.at(-1)?.mandateId);
    }
    const chosen = mandateId ?? ofPair.at(-1)?.mandateId ?? null;
    const versions = ofPair.filter((version) => version.mandateId === chosen);
    if (mandateId !== null && versions.length === 0) throw new NotFound('Mandate');
    return versions.toSorted((one, other) => one.version - other.version);
  }

  /** A request that lapsed but that no job has marked yet must not stand in the way of a new one. */
  private async makeRoom(tx: Transaction, earlier: readonly MandateVersion[], now: Date): Promise<void> {
    const open = earlier.find((version) => version.state === 'requested');
    if (open === undefined) return;
    if (stateAt(open, now) === 'requested') throw new MandateChangeAlreadyOpen();
    const lapsed = lapseVersion(open, now);
    await this.uow.asSystem(tx, () => this.mandates.save(tx, lapsed));
    await this.outbox.append(tx, [mandateEvent('parties.mandate_expired', open, lapsed, 'system')]);
  }

  private async nextPosition(tx: Transaction, influencerId: string, now: Date): Promise<number> {
    const chain = await this.uow.asSystem(tx, () => this.mandates.inForceFrom(tx, influencerId, now));
    return Math.max(0, ...chain.map((version) => version.position)) + 1;
  }
}
