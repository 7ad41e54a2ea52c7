import { InvalidInput, nextState, type Transitions } from '@evenhand/kernel';
import { MandatePeriodEmpty, MandatePositionTaken, MandateRequestExpired, MandateVersionSuperseded } from './errors';
import { assertWithinWhole, type ChainLink, overlap, parseCuts } from './mandate-chain';
import type { MandateCuts } from './mandate-cut';

export const MANDATE_STATES = ['requested', 'accepted', 'declined', 'expired', 'ended'] as const;
export type MandateState = (typeof MANDATE_STATES)[number];
type MandateCommand = 'accept' | 'decline' | 'lapse' | 'withdraw' | 'end';

const TRANSITIONS: Transitions<MandateState, MandateCommand> = {
  requested: { accept: 'accepted', decline: 'declined', lapse: 'expired', withdraw: 'ended' },
  accepted: { end: 'ended' },
  declined: {},
  expired: {},
  ended: {},
};

export const MAX_CHAIN_POSITION = 12;
const LAPSE_DAYS = 7;
const DAY_MS = 86_400_000;

/** What the agency asks for and the influencer consents to, word for word. */
export interface MandateProposal {
  readonly influencerId: string;
  readonly agencyId: string;
  /** 1 is outermost: it cuts first. */
  readonly position: number;
  readonly cuts: MandateCuts;
  /** Date (YYYY-MM-DD, UTC) before which it is not in force; null: from acceptance. */
  readonly startsOn: string | null;
  /** Planned end; null: until somebody ends it. */
  readonly endsAt: Date | null;
}

/** One version of a mandate. Its terms never change; only its state and the period in which it is in force do. */
export interface MandateVersion extends MandateProposal {
  readonly mandateId: string;
  readonly version: number;
  readonly state: MandateState;
  readonly requestedBy: string;
  readonly requestedAt: Date;
  /** When the request lapses unanswered. */
  readonly lapsesAt: Date;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  /** In force during [validFrom, validUntil); both null before acceptance, `validUntil` null without an end. */
  readonly validFrom: Date | null;
  readonly validUntil: Date | null;
  readonly endedBy: string | null;
  readonly endedAt: Date | null;
}

export interface MandateIdentity {
  readonly mandateId: string;
  readonly version: number;
  readonly requestedBy: string;
}

/** A new version that waits for the influencer. Throws `InvalidInput`, `InvalidMandateCut`, `MandatePeriodEmpty`. */
export function requestVersion(proposal: MandateProposal, identity: MandateIdentity, now: Date): MandateVersion {
  if (!Number.isInteger(proposal.position) || proposal.position < 1 || proposal.position > MAX_CHAIN_POSITION) {
    throw new InvalidInput('position', `A position in the chain is 1 to ${MAX_CHAIN_POSITION}.`);
  }
  const start = startOf(proposal.startsOn, now);
  if (proposal.endsAt !== null && proposal.endsAt <= start) throw new MandatePeriodEmpty();
  return {
    ...proposal,
    ...identity,
    cuts: parseCuts(proposal.cuts),
    state: 'requested',
    requestedAt: now,
    lapsesAt: new Date(now.getTime() + LAPSE_DAYS * DAY_MS),
    decidedBy: null,
    decidedAt: null,
    validFrom: null,
    validUntil: null,
    endedBy: null,
    endedAt: null,
  };
}

export interface Acceptance {
  readonly accepted: MandateVersion;
  /** Versions of the same mandate whose period now ends where the accepted one begins. */
  readonly superseded: readonly MandateVersion[];
}

/**
 * The influencer consents. `inForce` are all accepted versions of her mandates that are in force now or later, locked.
 * Never retroactive: the period begins now or later. Throws `MandateRequestExpired`, `MandatePeriodEmpty`,
 * `MandatePositionTaken`, `MandateCutsExceedWhole`.
 */
export function acceptVersion(
  request: MandateVersion,
  inForce: readonly MandateVersion[],
  userId: string,
  now: Date,
): Acceptance {
  const state = nextState('The mandate', TRANSITIONS, stateAt(request, now), 'accept');
  const from = startOf(request.startsOn, now);
  if (request.endsAt !== null && request.endsAt <= from) throw new MandatePeriodEmpty();
  const link = { position: request.position, cuts: request.cuts, from, until: request.endsAt };
  const others = inForce.filter((version) => version.mandateId !== request.mandateId).flatMap(linksOf);
  const rival = others.find((other) => other.position === link.position && overlap(link, other));
  if (rival !== undefined) throw new MandatePositionTaken(link.position);
  assertWithinWhole(link, others);
  const own = inForce.filter((version) => version.mandateId === request.mandateId);
  return {
    accepted: { ...request, state, decidedBy: userId, decidedAt: now, validFrom: from, validUntil: request.endsAt },
    superseded: own.filter((version) => overlapsFrom(version, from)).map((version) => cutShort(version, from)),
  };
}

export function declineVersion(request: MandateVersion, userId: string, now: Date): MandateVersion {
  const state = nextState('The mandate', TRANSITIONS, stateAt(request, now), 'decline');
  return { ...request, state, decidedBy: userId, decidedAt: now };
}

/** Nobody answered in time. */
export function lapseVersion(request: MandateVersion, now: Date): MandateVersion {
  return { ...request, state: nextState('The mandate', TRANSITIONS, request.state, 'lapse'), decidedAt: now };
}

/** Either side ends: an accepted version is in force no longer, an open request is withdrawn. */
export function endVersion(version: MandateVersion, userId: string, now: Date): MandateVersion {
  const command = version.state === 'requested' ? 'withdraw' : 'end';
  const state = nextState('The mandate', TRANSITIONS, stateAt(version, now), command);
  return { ...cutShort(version, now), state, endedBy: userId, endedAt: now };
}

/** True while there is something to end: an unanswered request, or a period that has not run out. */
export function isLive(version: MandateVersion, now: Date): boolean {
  const state = stateAt(version, now);
  return state === 'requested' || state === 'accepted';
}

/** The state as of `now`: a request nobody answered and a period that ran out need no job to be over. */
export function stateAt(version: MandateVersion, now: Date): MandateState {
  if (version.state === 'requested' && version.lapsesAt <= now) return 'expired';
  if (version.state === 'accepted' && version.validUntil !== null && version.validUntil <= now) return 'ended';
  return version.state;
}

/** Throws {@link MandateVersionSuperseded}, {@link MandateRequestExpired} for what cannot be answered any more. */
export function assertAnswerable(version: MandateVersion, now: Date): void {
  const state = stateAt(version, now);
  if (state === 'expired') throw new MandateRequestExpired(version.lapsesAt);
  if (state !== 'requested') throw new MandateVersionSuperseded(version.version);
}

/** Midnight UTC of the date, and never before `now`. */
function startOf(startsOn: string | null, now: Date): Date {
  if (startsOn === null) return now;
  const start = new Date(`${startsOn}T00:00:00.000Z`);
  const exact = /^\d{4}-\d{2}-\d{2}$/.test(startsOn) && !Number.isNaN(start.getTime());
  if (!exact || start.toISOString().slice(0, 10) !== startsOn) {
    throw new InvalidInput('startsOn', 'Write a date as YYYY-MM-DD.');
  }
  return start > now ? start : now;
}

function linksOf(version: MandateVersion): readonly ChainLink[] {
  if (version.validFrom === null) return [];
  return [{ position: version.position, cuts: version.cuts, from: version.validFrom, until: version.validUntil }];
}

function overlapsFrom(version: MandateVersion, from: Date): boolean {
  return version.validFrom !== null && (version.validUntil === null || version.validUntil > from);
}

/** The version in force until `at` at the latest; one that had not begun by then never is. */
function cutShort(version: MandateVersion, at: Date): MandateVersion {
  if (version.validFrom === null) return version;
  const end = version.validFrom > at ? version.validFrom : at;
  const until = version.validUntil !== null && version.validUntil < end ? version.validUntil : end;
  return { ...version, validUntil: until };
}
