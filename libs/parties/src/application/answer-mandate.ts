import { requireSession } from '@evenhand/identity';
import {
  type Actor,
  authorize,
  Clock,
  isInfluencer,
  NotFound,
  Outbox,
  type PersonActor,
  type Transaction,
  UnitOfWork,
} from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { acceptVersion, assertAnswerable, declineVersion, type MandateVersion } from '../domain/mandate';
import { ChainPolicyRepository } from './chain-policy-repository';
import { InfluencerRepository } from './influencer-repository';
import { mandateEvent } from './mandate-event';
import { MandateRepository } from './mandate-repository';

export interface AnswerMandateCommand {
  readonly actor: Actor;
  readonly mandateId: string;
  /** The version whose terms the influencer has seen. */
  readonly version: number;
}

/**
 * The influencer consents to a version, in a session of her own: no agency and no API key can. Throws
 * `MandateVersionSuperseded`, `MandateRequestExpired`, `MandatePositionTaken`, `AgencyTwiceInChain`, `MandateCutsExceedWhole`,
 * `MandatePeriodEmpty`.
 */
@Injectable()
export class AcceptMandate {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly mandates: MandateRepository,
    private readonly influencers: InfluencerRepository,
    private readonly policies: ChainPolicyRepository,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async execute(command: AnswerMandateCommand): Promise<MandateVersion> {
    const actor = requireSession(command.actor);
    return this.uow.run(actor, async (tx) => {
      const request = await loadForAnswer(tx, this.mandates, this.influencers, actor, command);
      const now = this.clock.now();
      assertAnswerable(request, now);
      const inForce = await this.mandates.inForceFrom(tx, request.influencerId, now);
      const { sameAgencyTwice } = await this.policies.current(tx);
      const { accepted, superseded } = acceptVersion(request, { inForce, sameAgencyTwice }, actor.userId, now);
      for (const version of [...superseded, accepted]) await this.mandates.save(tx, version);
      const events = superseded.map((after) => {
        const before = inForce.find(({ mandateId, version }) => isSame(after, mandateId, version)) ?? null;
        return mandateEvent('parties.mandate_superseded', before, after, actor.userId);
      });
      const consent = mandateEvent('parties.mandate_accepted', request, accepted, actor.userId);
      await this.outbox.append(tx, [...events, consent]);
      return accepted;
    });
  }
}

/** The influencer refuses; a mandate she has given before stays as it is. Throws as {@link AcceptMandate}. */
@Injectable()
export class DeclineMandate {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly mandates: MandateRepository,
    private readonly influencers: InfluencerRepository,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async execute(command: AnswerMandateCommand): Promise<MandateVersion> {
    const actor = requireSession(command.actor);
    return this.uow.run(actor, async (tx) => {
      const request = await loadForAnswer(tx, this.mandates, this.influencers, actor, command);
      const now = this.clock.now();
      assertAnswerable(request, now);
      const declined = declineVersion(request, actor.userId, now);
      await this.mandates.save(tx, declined);
      await this.outbox.append(tx, [mandateEvent('parties.mandate_declined', request, declined, actor.userId)]);
      return declined;
    });
  }
}

/** The version, with the influencer's mandates locked; only she gets past this. */
async function loadForAnswer(
  tx: Transaction,
  mandates: MandateRepository,
  influencers: InfluencerRepository,
  actor: PersonActor,
  command: AnswerMandateCommand,
): Promise<MandateVersion> {
  const seen = await mandates.find(tx, command.mandateId, command.version);
  if (seen === null) throw new NotFound('Mandate');
  authorize(isInfluencer(actor, seen.influencerId), true, 'Mandate', 'answer for the influencer');
  await influencers.lock(tx, seen.influencerId);
  const versions = await mandates.lockVersions(tx, command.mandateId);
  const locked = versions.find(({ version }) => version === command.version);
  if (locked === undefined) throw new NotFound('Mandate');
  return locked;
}

function isSame(of: MandateVersion, mandateId: string, version: number): boolean {
  return of.mandateId === mandateId && of.version === version;
}
