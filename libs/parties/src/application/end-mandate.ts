import { type Actor, Clock, InvalidInput, NotFound, Outbox, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { type MandateSide, type MandateVersion, stateAt, withdrawVersion } from '../domain/mandate';
import { endMandate, type Ending, takeNoticeBack, type VersionChange } from '../domain/mandate-ending';
import { ChainPolicyRepository } from './chain-policy-repository';
import { mandateEvent, type MandateEventType } from './mandate-event';
import { type LockedMandate, MandateLock } from './mandate-lock';
import { MandateRepository } from './mandate-repository';

const MAX_REASON = 1_000;

export interface EndMandateCommand {
  readonly actor: Actor;
  readonly mandateId: string;
  /** For the other side to read. */
  readonly reason: string | null;
  /** Without notice, if the other side wants that too. */
  readonly atOnce: boolean;
  /** For whom somebody speaks who is on both sides; null for everybody else. */
  readonly side: MandateSide | null;
}

/**
 * Either side ends a mandate, at once or after the notice its terms ask for, with any request that is open; deals made
 * before keep their terms. The agency loses its access with the next request of each of its members after the end.
 * Throws `MandateNotInForce`, `MandateUnderNotice`.
 */
@Injectable()
export class EndMandate {
  constructor(
    private readonly lock: MandateLock,
    private readonly mandates: MandateRepository,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async execute(command: EndMandateCommand): Promise<MandateVersion> {
    const reason = checkedReason(command.reason);
    return this.lock.run(command, async (tx, { versions, side, actor }: LockedMandate) => {
      const { userId } = actor;
      const ending = endMandate(versions, { side, userId, reason, atOnce: command.atOnce }, this.clock.now());
      for (const { after } of ending.changes) await this.mandates.save(tx, after);
      await this.outbox.append(
        tx,
        ending.changes.map((change) => mandateEvent(eventOf(ending, change), change.before, change.after, userId)),
      );
      return lastOf(ending.changes);
    });
  }
}

/** The agency takes an open request back; a mandate it has stays as it is. Throws `MandateRequestNotOpen`. */
@Injectable()
export class WithdrawMandateRequest {
  constructor(
    private readonly lock: MandateLock,
    private readonly mandates: MandateRepository,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async execute(command: { actor: Actor; mandateId: string; version: number }): Promise<MandateVersion> {
    return this.lock.run({ ...command, side: 'agency' }, async (tx, { versions, actor }) => {
      const request = versions.find(({ version }) => version === command.version);
      if (request === undefined) throw new NotFound('Mandate');
      const withdrawn = withdrawVersion(request, actor.userId, this.clock.now());
      await this.mandates.save(tx, withdrawn);
      await this.outbox.append(tx, [mandateEvent('parties.mandate_withdrawn', request, withdrawn, actor.userId)]);
      return withdrawn;
    });
  }
}

/**
 * The side that gave notice takes it back before its end, and the mandate is as it was. Throws `MandateNoticeNotRunning`,
 * `MandateNoticeOfOtherSide`, `MandateNoticeReliedOn`.
 */
@Injectable()
export class TakeBackMandateNotice {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly lock: MandateLock,
    private readonly mandates: MandateRepository,
    private readonly policies: ChainPolicyRepository,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async execute(command: { actor: Actor; mandateId: string; side: MandateSide | null }): Promise<MandateVersion> {
    return this.lock.run(command, async (tx, { versions, side, actor, influencerId }) => {
      const now = this.clock.now();
      const inForce = await this.uow.asSystem(tx, () => this.mandates.inForceFrom(tx, influencerId, now));
      const { sameAgencyTwice } = await this.policies.current(tx);
      const changes = takeNoticeBack(versions, side, { inForce, sameAgencyTwice }, now);
      for (const { after } of changes) await this.mandates.save(tx, after);
      await this.outbox.append(
        tx,
        changes.map(({ before, after }) =>
          mandateEvent('parties.mandate_notice_taken_back', before, after, actor.userId),
        ),
      );
      return changes.find(({ after }) => stateAt(after, now) === 'accepted')?.after ?? lastOf(changes);
    });
  }
}

function checkedReason(reason: string | null): string | null {
  const text = reason?.trim() ?? '';
  if (text.length > MAX_REASON) throw new InvalidInput('reason', `A reason has at most ${MAX_REASON} characters.`);
  return text === '' ? null : text;
}

function eventOf({ outcome }: Ending, { before }: VersionChange): MandateEventType {
  if (before.state === 'requested') return 'parties.mandate_withdrawn';
  if (outcome === 'notice_given') return 'parties.mandate_notice_given';
  return outcome === 'end_offered' ? 'parties.mandate_end_offered' : 'parties.mandate_ended';
}

/** What was consented to says more than a request withdrawn with it; changes are never none. */
function lastOf(changes: readonly VersionChange[]): MandateVersion {
  const told = changes.findLast(({ before }) => before.state === 'accepted') ?? changes.at(-1);
  if (told === undefined) throw new RangeError('A command on a mandate changes at least one version of it.');
  return told.after;
}
