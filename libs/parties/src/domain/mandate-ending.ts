import {
  AgencyTwiceInChain,
  MandateCutsExceedWhole,
  MandateNoticeNotRunning,
  MandateNoticeOfOtherSide,
  MandateNoticeReliedOn,
  MandateNotInForce,
  MandatePositionTaken,
  MandateUnderNotice,
} from './errors';
import {
  assertFitsChain,
  type ChainState,
  cutShort,
  DAY_MS,
  endVersion,
  isLive,
  type MandateNotice,
  type MandateSide,
  type MandateVersion,
  stateAt,
  withdrawVersion,
} from './mandate';

/** Who ends a mandate and how. */
export interface EndCommand {
  readonly side: MandateSide;
  readonly userId: string;
  readonly reason: string | null;
  /** Without notice, if the other side wants that too. */
  readonly atOnce: boolean;
}

/** A version before and after. */
export interface VersionChange {
  readonly before: MandateVersion;
  readonly after: MandateVersion;
}

export interface Ending {
  /** `end_offered`: the notice that is running may end at once now, if the other side agrees. */
  readonly outcome: 'ended' | 'notice_given' | 'end_offered' | 'withdrawn';
  readonly changes: readonly VersionChange[];
}

/** The notice that is running over any of a mandate's versions; null where none is. */
export function runningNotice(versions: readonly MandateVersion[], now: Date): MandateNotice | null {
  return noticedVersions(versions, now)[0]?.notice ?? null;
}

function noticedVersions(versions: readonly MandateVersion[], now: Date): readonly MandateVersion[] {
  const noticed = versions.filter((each) => each.state === 'accepted' && each.notice !== null);
  // Where all of it ended sooner, by a planned end, the notice has nothing more to say.
  const counts = noticed.some(({ notice, validUntil }) => isAfter(notice?.endsAt, now) && isAfter(validUntil, now));
  return counts ? noticed : [];
}

/**
 * Ends a mandate. With terms that ask for no notice it ends now. Otherwise notice is given, and it ends as many days later
 * as the terms say that are in force, or, before it has begun, those it begins with. Both sides together end it now: one
 * says so when it gives notice or afterwards, the other agrees. An open request is withdrawn.
 * Throws `MandateNotInForce`, `MandateUnderNotice`.
 */
export function endMandate(versions: readonly MandateVersion[], command: EndCommand, now: Date): Ending {
  const live = versions.filter((version) => isLive(version, now));
  const notice = runningNotice(versions, now);
  if (notice !== null) return answerNotice(versions, notice, command, now);
  if (live.length === 0) throw new MandateNotInForce();
  const withdrawn = live
    .filter(({ state }) => state === 'requested')
    .map((before) => ({ before, after: withdrawVersion(before, command.userId, now) }));
  const consented = live.filter(({ state }) => state === 'accepted');
  if (consented.length === 0) return { outcome: 'withdrawn', changes: withdrawn };
  const noticeDays = firstOf(consented)?.noticeDays ?? 0;
  if (noticeDays === 0) return { outcome: 'ended', changes: [...withdrawn, ...endAll(consented, command, now)] };
  const endsAt = new Date(now.getTime() + noticeDays * DAY_MS);
  const noticed = consented.map((before) => ({ before, after: giveNotice(before, command, now, endsAt) }));
  return { outcome: 'notice_given', changes: [...withdrawn, ...noticed] };
}

/** What a side may do while notice is running: offer to end at once, or agree to the other side's offer. */
function answerNotice(
  versions: readonly MandateVersion[],
  notice: MandateNotice,
  command: EndCommand,
  now: Date,
): Ending {
  const noticed = noticedVersions(versions, now);
  if (command.side === notice.side && command.atOnce && !notice.atOnce) {
    const changes = noticed.map((before) => ({
      before,
      after: { ...before, notice: before.notice && { ...before.notice, atOnce: true } },
    }));
    return { outcome: 'end_offered', changes };
  }
  if (command.side !== notice.side && command.atOnce && notice.atOnce) {
    const live = versions.filter((version) => stateAt(version, now) === 'accepted');
    return { outcome: 'ended', changes: endAll(live, command, now) };
  }
  throw new MandateUnderNotice(notice.endsAt);
}

/**
 * The side that gave notice takes it back: the mandate is as it was. Throws `MandateNoticeNotRunning`,
 * `MandateNoticeOfOtherSide`, and `MandateNoticeReliedOn` where the influencer has given the time afterwards to somebody.
 */
export function takeNoticeBack(
  versions: readonly MandateVersion[],
  side: MandateSide,
  chain: ChainState,
  now: Date,
): readonly VersionChange[] {
  const noticed = noticedVersions(versions, now);
  const notice = noticed[0]?.notice ?? null;
  if (notice === null) throw new MandateNoticeNotRunning();
  if (notice.side !== side) throw new MandateNoticeOfOtherSide();
  const changes = noticed.map((before) => ({
    before,
    after: { ...before, validUntil: before.notice?.priorUntil ?? null, notice: null },
  }));
  for (const { after } of changes) assertStillFits(after, chain);
  return changes;
}

function assertStillFits(version: MandateVersion, chain: ChainState): void {
  try {
    assertFitsChain(version, chain);
  } catch (error) {
    const relied = [MandatePositionTaken, MandateCutsExceedWhole, AgencyTwiceInChain];
    if (relied.some((reason) => error instanceof reason)) throw new MandateNoticeReliedOn();
    throw error;
  }
}

function giveNotice(version: MandateVersion, command: EndCommand, now: Date, endsAt: Date): MandateVersion {
  const { side, userId, reason, atOnce } = command;
  const notice = { side, givenBy: userId, givenAt: now, endsAt, reason, atOnce, priorUntil: version.validUntil };
  return { ...cutShort(version, endsAt), notice };
}

function endAll(versions: readonly MandateVersion[], command: EndCommand, now: Date): readonly VersionChange[] {
  return versions.map((before) => ({ before, after: endVersion(before, command, now) }));
}

/** The version in force, or the first to begin. */
function firstOf(versions: readonly MandateVersion[]): MandateVersion | undefined {
  const [first] = versions.toSorted((one, other) => Number(one.validFrom) - Number(other.validFrom));
  return first;
}

function isAfter(instant: Date | null | undefined, now: Date): boolean {
  return instant === null || (instant !== undefined && instant > now);
}
