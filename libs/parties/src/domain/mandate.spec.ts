import { InvalidInput } from '@evenhand/kernel';
import { AgencyTwiceInChain, MandateCutsExceedWhole, MandatePeriodEmpty, MandatePositionTaken } from './errors';
import {
  acceptVersion,
  endVersion,
  type MandateProposal,
  type MandateVersion,
  requestVersion,
  stateAt,
  withdrawVersion,
} from './mandate';

const NOW = new Date('2026-03-01T09:00:00Z');
const later = (days: number) => new Date(NOW.getTime() + days * 86_400_000);
const cut = (share: string) => ({ of: 'gross' as const, share });
const cuts = (share: string) => ({
  cash: cut(share),
  note_commission: cut(share),
  livestream_commission: cut(share),
});
const proposal = (changes: Partial<MandateProposal> = {}): MandateProposal => ({
  influencerId: 'aoi',
  agencyId: 'kumo',
  position: 1,
  cuts: cuts('0.2'),
  brandOverrides: [],
  noticeDays: 0,
  startsOn: null,
  endsAt: null,
  ...changes,
});
const request = (changes: Partial<MandateProposal> = {}, mandateId = 'm1', version = 1): MandateVersion =>
  requestVersion(proposal(changes), { mandateId, version, requestedBy: 'agent' }, NOW);
const chain = (...inForce: MandateVersion[]) => ({ inForce, sameAgencyTwice: false });
const accepted = (changes: Partial<MandateProposal> = {}, mandateId = 'm1', version = 1, now = NOW) =>
  acceptVersion(request(changes, mandateId, version), chain(), 'aoi', now).accepted;
const BY = { userId: 'agent', reason: null };

describe('asking', () => {
  it('gives the influencer seven days', () => {
    expect(stateAt(request(), new Date(later(7).getTime() - 1))).toBe('requested');
    expect(stateAt(request(), later(7))).toBe('expired');
  });

  it.each([0, 13, 1.5, Number.NaN])('refuses position %p', (position) => {
    expect(() => request({ position })).toThrow(InvalidInput);
  });

  it('refuses a period without an instant in it', () => {
    expect(() => request({ endsAt: NOW })).toThrow(MandatePeriodEmpty);
    expect(() => request({ startsOn: '2026-05-01', endsAt: new Date('2026-05-01T00:00:00Z') })).toThrow(
      MandatePeriodEmpty,
    );
  });

  it.each([-1, 181, 0.5, Number.NaN])('refuses a notice of %p days', (noticeDays) => {
    expect(() => request({ noticeDays })).toThrow(InvalidInput);
  });

  it.each(['2026-02-30', '01.05.2026', '2026-5-1', ''])('refuses %j as a date', (startsOn) => {
    expect(() => request({ startsOn })).toThrow(InvalidInput);
  });
});

describe('consent', () => {
  it('is never retroactive', () => {
    expect(accepted({ startsOn: '2020-01-01' }).validFrom).toEqual(NOW);
    expect(accepted({ startsOn: '2026-05-01' }).validFrom).toEqual(new Date('2026-05-01T00:00:00Z'));
  });

  it('ends the version before at the instant at which the new one begins', () => {
    const first = accepted();
    const change = request({ startsOn: '2026-05-01', cuts: cuts('0.3') }, 'm1', 2);
    const { accepted: second, superseded } = acceptVersion(change, chain(first), 'aoi', later(1));
    expect(superseded).toEqual([{ ...first, validUntil: second.validFrom }]);
    expect(stateAt(superseded[0] ?? first, later(2))).toBe('accepted');
    expect(stateAt(superseded[0] ?? first, later(100))).toBe('ended');
  });

  it('does not count the version it replaces: a change from 80 to 90 percent is possible', () => {
    const first = accepted({ cuts: cuts('0.8') });
    expect(() => acceptVersion(request({ cuts: cuts('0.9') }, 'm1', 2), chain(first), 'aoi', NOW)).not.toThrow();
  });

  it('refuses cuts that do not fit beside another agency', () => {
    const other = accepted({ agencyId: 'other', position: 1, cuts: cuts('0.9') }, 'm2');
    const added = request({ position: 2, cuts: cuts('0.2') });
    expect(() => acceptVersion(added, chain(other), 'aoi', NOW)).toThrow(MandateCutsExceedWhole);
  });

  it('refuses a position where another agency stands, and allows it after that one’s end', () => {
    const other = accepted({ agencyId: 'other', endsAt: later(30) }, 'm2');
    expect(() => acceptVersion(request(), chain(other), 'aoi', NOW)).toThrow(MandatePositionTaken);
    expect(() => acceptVersion(request({ startsOn: '2026-05-01' }), chain(other), 'aoi', NOW)).not.toThrow();
  });

  it('refuses the same agency twice at once, unless the marketplace allows it', () => {
    const outer = accepted({}, 'm2');
    const second = request({ position: 2 });
    expect(() => acceptVersion(second, chain(outer), 'aoi', NOW)).toThrow(AgencyTwiceInChain);
    const allowing = { inForce: [outer], sameAgencyTwice: true };
    expect(acceptVersion(second, allowing, 'aoi', NOW).accepted).toMatchObject({ state: 'accepted', position: 2 });
    const over = accepted({ endsAt: later(30) }, 'm2');
    expect(() =>
      acceptVersion(request({ startsOn: '2026-05-01', position: 2 }), chain(over), 'aoi', NOW),
    ).not.toThrow();
  });

  it('refuses a planned end that has passed meanwhile', () => {
    expect(() => acceptVersion(request({ endsAt: later(2) }), chain(), 'aoi', later(3))).toThrow(MandatePeriodEmpty);
  });
});

describe('ending', () => {
  it('takes effect at once', () => {
    const ended = endVersion(accepted(), BY, later(3));
    expect(ended).toMatchObject({ state: 'ended', validUntil: later(3), endedBy: 'agent' });
  });

  it('of a version that has not begun leaves no instant in which it was in force', () => {
    const future = accepted({ startsOn: '2026-05-01' });
    const ended = endVersion(future, BY, later(1));
    expect(ended.validUntil).toEqual(ended.validFrom);
  });

  it('withdraws an open request', () => {
    expect(withdrawVersion(request(), 'agent', later(1))).toMatchObject({ state: 'ended', validFrom: null });
  });
});
