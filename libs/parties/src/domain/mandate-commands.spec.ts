import { DomainError } from '@evenhand/kernel';
import {
  acceptVersion,
  assertAnswerable,
  declineVersion,
  lapseVersion,
  type MandateSide,
  type MandateVersion,
  requestVersion,
  runOutVersion,
  withdrawVersion,
} from './mandate';
import { endMandate, takeNoticeBack } from './mandate-ending';

const NOW = new Date('2026-03-01T09:00:00Z');
const later = (days: number) => new Date(NOW.getTime() + days * 86_400_000);
/** When every command is tried. */
const NOW_THEN = later(10);
const cut = { of: 'gross', share: '1/5' } as const;
const free = { inForce: [], sameAgencyTwice: false };

function request(at: Date, changes: Partial<MandateVersion> = {}): MandateVersion {
  const proposal = {
    influencerId: 'aoi',
    agencyId: 'kumo',
    position: 1,
    cuts: { cash: cut, note_commission: cut, livestream_commission: cut },
    brandOverrides: [],
    noticeDays: 30,
    startsOn: null,
    endsAt: null,
    ...changes,
  };
  return requestVersion(proposal, { mandateId: 'm1', version: 1, requestedBy: 'agent' }, at);
}

function accept(version: MandateVersion, at: Date): MandateVersion {
  return acceptVersion(version, free, 'aoi', at).accepted;
}

function end(version: MandateVersion, side: MandateSide, atOnce: boolean, at: Date): MandateVersion {
  const [change] = endMandate([version], { side, userId: side, reason: null, atOnce }, at).changes;
  if (change === undefined) throw new Error('An ending changes something.');
  return change.after;
}

const atWill = { noticeDays: 0 };

/** A mandate of one version in each situation it can be in. */
const SITUATIONS = {
  requested: request(later(9)),
  'requested, and lapsed unmarked': request(NOW),
  'requested, and marked as lapsed': lapseVersion(request(NOW), later(8)),
  declined: declineVersion(request(later(9)), 'aoi', later(9)),
  withdrawn: withdrawVersion(request(later(9)), 'agent', later(9)),
  'in force without notice': accept(request(NOW, atWill), NOW),
  'in force with notice': accept(request(NOW), NOW),
  'accepted, before it begins': accept(request(NOW, { startsOn: '2026-06-01' }), NOW),
  'under the agency’s notice': end(accept(request(NOW), NOW), 'agency', false, later(9)),
  'under the influencer’s notice': end(accept(request(NOW), NOW), 'influencer', false, later(9)),
  'under the agency’s notice, with an offer': end(accept(request(NOW), NOW), 'agency', true, later(9)),
  'past its planned end': accept(request(NOW, { endsAt: later(5) }), NOW),
  'past its notice': end(accept(request(NOW, { noticeDays: 5 }), NOW), 'agency', false, later(1)),
  'past its planned end, and marked': runOutVersion(accept(request(NOW, { endsAt: later(5) }), NOW), later(6)),
  ended: end(accept(request(NOW, atWill), NOW), 'influencer', false, later(9)),
} as const;
type Situation = keyof typeof SITUATIONS;

const COMMANDS = {
  accept: (version: MandateVersion) => {
    assertAnswerable(version, NOW_THEN);
    return acceptVersion(version, free, 'aoi', NOW_THEN).accepted;
  },
  decline: (version: MandateVersion) => {
    assertAnswerable(version, NOW_THEN);
    return declineVersion(version, 'aoi', NOW_THEN);
  },
  withdraw: (version: MandateVersion) => withdrawVersion(version, 'agent', NOW_THEN),
  'agency ends': (version: MandateVersion) => end(version, 'agency', false, NOW_THEN),
  'influencer ends': (version: MandateVersion) => end(version, 'influencer', false, NOW_THEN),
  'agency ends at once': (version: MandateVersion) => end(version, 'agency', true, NOW_THEN),
  'influencer ends at once': (version: MandateVersion) => end(version, 'influencer', true, NOW_THEN),
  'agency takes back': (version: MandateVersion) => takeNoticeBack([version], 'agency', free, NOW_THEN)[0]?.after,
  'influencer takes back': (version: MandateVersion) =>
    takeNoticeBack([version], 'influencer', free, NOW_THEN)[0]?.after,
} as const;
type Command = keyof typeof COMMANDS;

const ANSWERED = { accept: 'MANDATE_VERSION_SUPERSEDED', decline: 'MANDATE_VERSION_SUPERSEDED' } as const;
const LAPSED = { accept: 'MANDATE_REQUEST_EXPIRED', decline: 'MANDATE_REQUEST_EXPIRED' } as const;
const WITHDRAWN = { withdraw: 'MANDATE_REQUEST_NOT_OPEN' } as const;
const NO_NOTICE = {
  'agency takes back': 'MANDATE_NOTICE_NOT_RUNNING',
  'influencer takes back': 'MANDATE_NOTICE_NOT_RUNNING',
} as const;
const all = <T extends string>(result: T) =>
  ({
    'agency ends': result,
    'influencer ends': result,
    'agency ends at once': result,
    'influencer ends at once': result,
  }) as const;
const OVER = { ...WITHDRAWN, ...all('MANDATE_NOT_IN_FORCE'), ...NO_NOTICE } as const;
const NOTICED = { ...ANSWERED, ...WITHDRAWN, ...all('MANDATE_UNDER_NOTICE') } as const;

/** What each command leads to in each situation: the state, with its notice, or the error's code. */
const TABLE: Readonly<Record<Situation, Readonly<Record<Command, string>>>> = {
  requested: { accept: 'accepted', decline: 'declined', withdraw: 'ended', ...all('ended'), ...NO_NOTICE },
  'requested, and lapsed unmarked': { ...LAPSED, ...OVER },
  'requested, and marked as lapsed': { ...LAPSED, ...OVER },
  declined: { ...ANSWERED, ...OVER },
  withdrawn: { ...ANSWERED, ...OVER },
  'in force without notice': { ...ANSWERED, ...WITHDRAWN, ...all('ended'), ...NO_NOTICE },
  'in force with notice': { ...ANSWERED, ...WITHDRAWN, ...all('accepted, under notice'), ...NO_NOTICE },
  'accepted, before it begins': { ...ANSWERED, ...WITHDRAWN, ...all('accepted, under notice'), ...NO_NOTICE },
  'under the agency’s notice': {
    ...NOTICED,
    'agency ends at once': 'accepted, under notice',
    'agency takes back': 'accepted',
    'influencer takes back': 'MANDATE_NOTICE_OF_OTHER_SIDE',
  },
  'under the influencer’s notice': {
    ...NOTICED,
    'influencer ends at once': 'accepted, under notice',
    'agency takes back': 'MANDATE_NOTICE_OF_OTHER_SIDE',
    'influencer takes back': 'accepted',
  },
  'under the agency’s notice, with an offer': {
    ...NOTICED,
    'influencer ends at once': 'ended',
    'agency takes back': 'accepted',
    'influencer takes back': 'MANDATE_NOTICE_OF_OTHER_SIDE',
  },
  'past its planned end': { ...ANSWERED, ...OVER },
  'past its notice': { ...ANSWERED, ...OVER },
  'past its planned end, and marked': { ...ANSWERED, ...OVER },
  ended: { ...ANSWERED, ...OVER },
};

function outcomeOf(situation: Situation, command: Command): string {
  try {
    const after = COMMANDS[command](SITUATIONS[situation]);
    const notice = after?.state === 'accepted' && after.notice !== null;
    return `${after?.state ?? 'nothing'}${notice ? ', under notice' : ''}`;
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}

describe.each(Object.keys(SITUATIONS) as Situation[])('a mandate that is %s', (situation) => {
  it.each(Object.keys(COMMANDS) as Command[])('answers as its row says: %s', (command) => {
    expect(outcomeOf(situation, command)).toBe(TABLE[situation][command]);
  });
});
