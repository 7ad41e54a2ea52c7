import { MandateNoticeReliedOn, MandateUnderNotice } from './errors';
import { acceptVersion, type MandateProposal, type MandateVersion, requestVersion, stateAt } from './mandate';
import { type EndCommand, endMandate, runningNotice, takeNoticeBack } from './mandate-ending';

const NOW = new Date('2026-03-01T09:00:00Z');
const later = (days: number) => new Date(NOW.getTime() + days * 86_400_000);
const none = { of: 'gross', share: '0' } as const;
const proposal: MandateProposal = {
  influencerId: 'aoi',
  agencyId: 'kumo',
  position: 1,
  cuts: { cash: none, note_commission: none, livestream_commission: none },
  brandOverrides: [],
  noticeDays: 30,
  startsOn: null,
  endsAt: null,
};

function request(changes: Partial<MandateProposal> = {}, version = 1, mandateId = 'm1', at = NOW): MandateVersion {
  return requestVersion({ ...proposal, ...changes }, { mandateId, version, requestedBy: 'agent' }, at);
}

function accepted(changes: Partial<MandateProposal> = {}, version = 1, mandateId = 'm1', at = NOW): MandateVersion {
  const chain = { inForce: [], sameAgencyTwice: false };
  return acceptVersion(request(changes, version, mandateId, at), chain, 'aoi', at).accepted;
}

function end(versions: readonly MandateVersion[], command: Partial<EndCommand>, at: Date) {
  const ending = endMandate(versions, { side: 'agency', userId: 'agent', reason: null, atOnce: false, ...command }, at);
  return { outcome: ending.outcome, versions: applied(versions, ending.changes) };
}

function applied(
  versions: readonly MandateVersion[],
  changes: readonly { readonly before: MandateVersion; readonly after: MandateVersion }[],
) {
  return versions.map((version) => changes.find(({ before }) => before === version)?.after ?? version);
}

const free = { inForce: [], sameAgencyTwice: false };

describe('the end of a mandate', () => {
  it('is at once where its terms ask for no notice', () => {
    const { outcome, versions } = end([accepted({ noticeDays: 0 })], { reason: 'Moving on' }, later(3));
    expect(outcome).toBe('ended');
    expect(versions).toEqual([
      expect.objectContaining({ state: 'ended', validUntil: later(3), endedBy: 'agent', endReason: 'Moving on' }),
    ]);
  });

  it.each(['agency', 'influencer'] as const)('comes after the days of notice, whoever gives it: %s', (side) => {
    const { outcome, versions } = end([accepted()], { side, reason: 'Moving on' }, later(3));
    const [noticed] = versions;
    expect(outcome).toBe('notice_given');
    expect(noticed).toMatchObject({
      state: 'accepted',
      validUntil: later(33),
      notice: { side, givenAt: later(3), endsAt: later(33), reason: 'Moving on', atOnce: false },
    });
    expect(noticed && stateAt(noticed, new Date(later(33).getTime() - 1))).toBe('accepted');
    expect(noticed && stateAt(noticed, later(33))).toBe('ended');
  });

  it('comes sooner by a planned end', () => {
    const { versions } = end([accepted({ endsAt: later(10) })], {}, later(3));
    expect(versions[0]?.validUntil).toEqual(later(10));
    expect(runningNotice(versions, later(9))).not.toBeNull();
    expect(runningNotice(versions, later(10))).toBeNull();
  });

  it('goes by the terms in force, not by those that begin later, which then never do', () => {
    const first = { ...accepted(), validUntil: later(60) };
    const second = { ...accepted({ noticeDays: 90 }, 2), validFrom: later(60), validUntil: null };
    const { versions } = end([first, second], {}, later(1));
    expect(versions.map(({ validUntil }) => validUntil)).toEqual([later(31), later(60)]);
    expect(versions.map((version) => stateAt(version, later(2)))).toEqual(['accepted', 'ended']);
  });

  it('withdraws a request for other terms, and leaves it withdrawn when notice is taken back', () => {
    const { versions } = end([accepted(), request({}, 2)], {}, later(1));
    expect(versions.map(({ state }) => state)).toEqual(['accepted', 'ended']);
    const back = applied(versions, takeNoticeBack(versions, 'agency', free, later(2)));
    expect(back.map(({ state }) => state)).toEqual(['accepted', 'ended']);
  });
});

describe('both sides together', () => {
  it('end at once: one offers it with the notice, the other agrees', () => {
    const { versions } = end([accepted()], { side: 'agency', atOnce: true }, later(1));
    const agreed = end(versions, { side: 'influencer', atOnce: true, userId: 'aoi' }, later(2));
    expect(agreed.outcome).toBe('ended');
    expect(agreed.versions[0]).toMatchObject({ state: 'ended', validUntil: later(2), endedBy: 'aoi' });
  });

  it('end at once where the offer comes after the notice', () => {
    const given = end([accepted()], { side: 'agency' }, later(1));
    const offered = end(given.versions, { side: 'agency', atOnce: true }, later(2));
    expect(offered.outcome).toBe('end_offered');
    expect(offered.versions[0]).toMatchObject({ state: 'accepted', validUntil: later(31), notice: { atOnce: true } });
    expect(end(offered.versions, { side: 'influencer', atOnce: true }, later(3)).outcome).toBe('ended');
  });

  it('are two: neither ends alone what asks for notice', () => {
    const { versions } = end([accepted()], { side: 'agency', atOnce: true }, later(1));
    expect(() => end(versions, { side: 'agency', atOnce: true }, later(2))).toThrow(MandateUnderNotice);
    expect(() => end(versions, { side: 'influencer', atOnce: false }, later(2))).toThrow(MandateUnderNotice);
    const silent = end([accepted()], { side: 'agency' }, later(1)).versions;
    expect(() => end(silent, { side: 'influencer', atOnce: true }, later(2))).toThrow(MandateUnderNotice);
  });
});

describe('notice taken back', () => {
  it('leaves every version as it was', () => {
    const before = [
      { ...accepted(), validUntil: later(60) },
      { ...accepted({}, 2), validFrom: later(60), validUntil: later(200) },
    ];
    const { versions } = end(before, {}, later(1));
    expect(versions).not.toEqual(before);
    expect(applied(versions, takeNoticeBack(versions, 'agency', free, later(20)))).toEqual(before);
  });

  it('is refused where the time afterwards is somebody else’s by now', () => {
    const { versions } = end([accepted()], {}, later(1));
    const inForce = [{ ...accepted({ agencyId: 'other' }, 1, 'm2'), validFrom: later(31) }];
    const back = () => takeNoticeBack(versions, 'agency', { inForce, sameAgencyTwice: false }, later(2));
    expect(back).toThrow(MandateNoticeReliedOn);
    expect(back).toThrow(expect.objectContaining({ details: {} }));
  });
});
