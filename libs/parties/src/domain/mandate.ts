import { InvalidInput, nextState, type Transitions } from '@evenhand/kernel';
import {
  AgencyTwiceInChain,
  MandatePeriodEmpty,
  MandatePositionTaken,
  MandateRequestExpired,
  MandateRequestNotOpen,
  MandateVersionSuperseded,
} from './errors';
import { assertWithinWhole, type ChainLink, overlap, parseCutTerms } from './mandate-chain';
import type { CutTerms } from './mandate-cut';

export const MANDATE_STATES = ['requested', 'accepted', 'declined', 'expired', 'ended'] as const;
export type MandateState = (typeof MANDATE_STATES)[number];
type MandateCommand = 'accept' | 'decline' | 'lapse' | 'withdraw' | 'end' | 'run_out';

const TRANSITIONS: Transitions<MandateState, MandateCommand> = {
  requested: { accept: 'accepted', decline: 'declined', lapse: 'expired', withdraw: 'ended' },
  accepted: { end: 'ended', run_out: 'ended' },
  declined: {},
  expired: {},
  ended: {},
};

export const MANDATE_SIDES = ['influencer', 'agency'] as const;
export type MandateSide = (typeof MANDATE_SIDES)[number];

export const MAX_CHAIN_POSITION = 12;
export const MAX_NOTICE_DAYS = 180;
export const DAY_MS = 86_400_000;
const LAPSE_DAYS = 7;

/** What the agency asks for and the influencer consents to, word for word. */
export interface MandateProposal extends CutTerms {
  readonly influencerId: string;
  readonly agencyId: string;
  /** 1 is outermost: it cuts first. */
  readonly position: number;
  /** Days between notice of the end, by either side, and the end; 0: at once. */
  readonly noticeDays: number;
  /** Date (YYYY-MM-DD, UTC) before which it is not in force; null: from acceptance. */
  readonly startsOn: string | null;
  /** Planned end; null: until somebody ends it. */
  readonly endsAt: Date | null;
}

/** Somebody's word that the mandate ends, which its side may take back until then. */
export interface MandateNotice {
  readonly side: MandateSide;
  readonly givenBy: string;
  readonly givenAt: Date;
  readonly endsAt: Date;
  readonly reason: string | null;
  /** The side would end at once too, if the other agrees. */
  readonly atOnce: boolean;
  /** Until when the version would be in force without the notice. */
  readonly priorUntil: Date | null;
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
  readonly notice: MandateNotice | null;
  /** Null where its time ran out by itself. */
  readonly endedBy: string | null;
  readonly endedAt: Date | null;
  readonly endReason: string | null;
}

export interface MandateIdentity {
  readonly mandateId: string;
  readonly version: number;
  readonly requestedBy: string;
}

/** A new version that waits for the influencer. Throws `InvalidInput`, `InvalidMandateCut`, `MandatePeriodEmpty`. */
export function requestVersion(proposal: MandateProposal, identity: MandateIdentity, now: Date): MandateVersion {
  requireWhole('position', proposal.position, 1, MAX_CHAIN_POSITION);
  requireWhole('noticeDays', proposal.noticeDays, 0, MAX_NOTICE_DAYS);
  const start = startOf(proposal.startsOn, now);
  if (proposal.endsAt !== null && proposal.endsAt <= start) throw new MandatePeriodEmpty();
  return {
    ...proposal,
    ...identity,
    ...parseCutTerms(proposal),
    state: 'requested',
    requestedAt: now,
    lapsesAt: new Date(now.getTime() + LAPSE_DAYS * DAY_MS),
    decidedBy: null,
    decidedAt: null,
    validFrom: null,
    validUntil: null,
    notice: null,
    endedBy: null,
    endedAt: null,
    endReason: null,
  };
}

/** What the influencer's consent is weighed against. */
export interface ChainState {
  /** All accepted versions of her mandates that are in force now or later, locked. */
  readonly inForce: readonly MandateVersion[];
  /** Whether an agency may hold two mandates of hers at once. */
  readonly sameAgencyTwice: boolean;
}

export interface Acceptance {
  readonly accepted: MandateVersion;
  /** Versions of the same mandate whose period now ends where the accepted one begins. */
  readonly superseded: readonly MandateVersion[];
}

/**
 * The influencer consents. Never retroactive: the period begins now or later. Throws `MandateRequestExpired`,
 * `MandatePeriodEmpty`, `MandatePositionTaken`, `AgencyTwiceInChain`, `MandateCutsExceedWhole`.
 */
export function acceptVersion(request: MandateVersion, chain: ChainState, userId: string, now: Date): Acceptance {
  const state = nextState('The mandate', TRANSITIONS, stateAt(request, now), 'accept');
  const from = startOf(request.startsOn, now);
  if (request.endsAt !== null && request.endsAt <= from) throw new MandatePeriodEmpty();
  const accepted: MandateVersion = {
    ...request,
    state,
    decidedBy: userId,
    decidedAt: now,
    validFrom: from,
    validUntil: request.endsAt,
  };
  assertFitsChain(accepted, chain);
  const own = chain.inForce.filter((version) => version.mandateId === request.mandateId);
  return {
    accepted,
    superseded: own.filter((version) => isInForceAfter(version, from)).map((version) => cutShort(version, from)),
  };
}

/** Throws `MandatePositionTaken`, `AgencyTwiceInChain`, `MandateCutsExceedWhole`. */
export function assertFitsChain(version: MandateVersion, { inForce, sameAgencyTwice }: ChainState): void {
  const others = inForce.filter((other) => other.mandateId !== version.mandateId);
  for (const link of linksOf(version)) {
    const beside = others.filter((other) => linksOf(other).some((each) => overlap(link, each)));
    if (beside.some((other) => other.position === link.position)) throw new MandatePositionTaken(link.position);
    if (!sameAgencyTwice && beside.some((other) => other.agencyId === version.agencyId)) throw new AgencyTwiceInChain();
    assertWithinWhole(link, beside.flatMap(linksOf));
  }
}

export function declineVersion(request: MandateVersion, userId: string, now: Date): MandateVersion {
  const state = nextState('The mandate', TRANSITIONS, stateAt(request, now), 'decline');
  return { ...request, state, decidedBy: userId, decidedAt: now };
}

/** Nobody answered in time. */
export function lapseVersion(request: MandateVersion, now: Date): MandateVersion {
  return { ...request, state: nextState('The mandate', TRANSITIONS, request.state, 'lapse'), decidedAt: now };
}

/** An open request is taken back by the agency, or done away with when the mandate ends. Throws `MandateRequestNotOpen`. */
export function withdrawVersion(request: MandateVersion, userId: string, now: Date): MandateVersion {
  const open = stateAt(request, now);
  if (open !== 'requested') throw new MandateRequestNotOpen(request.version);
  return { ...request, state: nextState('The mandate', TRANSITIONS, open, 'withdraw'), endedBy: userId, endedAt: now };
}

/** An accepted version is in force no longer. */
export function endVersion(
  version: MandateVersion,
  { userId, reason }: { readonly userId: string; readonly reason: string | null },
  now: Date,
): MandateVersion {
  const state = nextState('The mandate', TRANSITIONS, stateAt(version, now), 'end');
  return { ...cutShort(version, now), state, endedBy: userId, endedAt: now, endReason: reason };
}

/** Its time is over: a planned end, a notice, or the beginning of another version. Nobody ends it. */
export function runOutVersion(version: MandateVersion, now: Date): MandateVersion {
  return { ...version, state: nextState('The mandate', TRANSITIONS, version.state, 'run_out'), endedAt: now };
}

/** True while there is something to end: an unanswered request, or a period that has not run out. */
export function isLive(version: MandateVersion, now: Date): boolean {
  const state = stateAt(version, now);
  return state === 'requested' || state === 'accepted';
}

/** The state as of `now`: a request nobody answered and a period that ran out need no job to be over. */
export function stateAt(version: MandateVersion, now: Date): MandateState {
  if (version.state === 'requested' && version.lapsesAt <= now) return 'expired';
  if (version.state === 'accepted' && !isInForceAfter(version, now)) return 'ended';
  return version.state;
}

/** Throws {@link MandateVersionSuperseded}, {@link MandateRequestExpired} for what cannot be answered any more. */
export function assertAnswerable(version: MandateVersion, now: Date): void {
  const state = stateAt(version, now);
  if (state === 'expired') throw new MandateRequestExpired(version.lapsesAt);
  if (state !== 'requested') throw new MandateVersionSuperseded(version.version);
}

/** The version in force until `at` at the latest; one that had not begun by then never is. */
export function cutShort(version: MandateVersion, at: Date): MandateVersion {
  if (version.validFrom === null) return version;
  const end = version.validFrom > at ? version.validFrom : at;
  const until = version.validUntil !== null && version.validUntil < end ? version.validUntil : end;
  return { ...version, validUntil: until };
}

/** True where it is in force at `at`, or at any instant later. */
function isInForceAfter({ validFrom, validUntil }: MandateVersion, at: Date): boolean {
  return validFrom !== null && (validUntil === null || (validUntil > at && validUntil > validFrom));
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

/** The version as a link; none where it is in force at no instant. */
function linksOf({ validFrom, validUntil, ...terms }: MandateVersion): readonly ChainLink[] {
  if (validFrom === null || (validUntil !== null && validUntil <= validFrom)) return [];
  const { position, cuts, brandOverrides } = terms;
  return [{ position, cuts, brandOverrides, from: validFrom, until: validUntil }];
}

function requireWhole(field: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new InvalidInput(field, `Give a whole number from ${least} to ${most}.`);
}
