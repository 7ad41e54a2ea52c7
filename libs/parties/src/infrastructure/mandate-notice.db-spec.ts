import { Forbidden, NotFound } from '@evenhand/kernel';
import { mandateSteps } from '../../../../test/support/mandate-steps';
import { type PartiesWorld, partiesWorld, sameCuts, type TestParty } from '../../../../test/support/parties-world';
import { EndRunOutMandates } from '../application/end-run-out-mandates';
import { ExpireMandateRequests } from '../application/expire-mandate-requests';
import {
  MandateNoticeNotRunning,
  MandateNoticeOfOtherSide,
  MandateNoticeReliedOn,
  MandateNotInForce,
  MandateUnderNotice,
} from '../domain/errors';

let world: PartiesWorld;

beforeAll(async () => {
  world = await partiesWorld();
});

afterAll(() => world.close());

const { pair, ask, decline, withdraw, end, takeBack, inForce, chainOf } = mandateSteps(() => world);
const represented = async (agency: TestParty) => (await world.actorOf(agency)).representations.length;
const dayOf = (instant: Date) => instant.toISOString().slice(0, 10);
const inDays = (days: number) => new Date(world.clock.now().getTime() + days * 86_400_000);

describe.each(['agency', 'influencer'] as const)('notice by the %s', (side) => {
  it('leaves the agency its rights until the end, and not a moment longer', async () => {
    const [agency, influencer] = await pair();
    const [giver, other] = side === 'agency' ? [agency, influencer] : [influencer, agency];
    const { mandateId } = await inForce(agency, influencer, { noticeDays: 30 });
    const noticed = await end(giver, mandateId, { reason: ' Moving on ' });
    expect(noticed).toMatchObject({
      state: 'accepted',
      validUntil: inDays(30),
      notice: { side, givenBy: giver.userId, reason: 'Moving on', endsAt: inDays(30) },
    });
    world.clock.advance({ days: 29 });
    expect(await represented(agency)).toBe(1);
    expect(await chainOf(influencer)).toHaveLength(1);
    await expect(end(other, mandateId)).rejects.toThrow(MandateUnderNotice);
    await expect(ask(agency, influencer)).rejects.toThrow(MandateUnderNotice);
    world.clock.advance({ days: 1 });
    expect(await represented(agency)).toBe(0);
    expect(await chainOf(influencer)).toEqual([]);
    await expect(end(giver, mandateId)).rejects.toThrow(MandateNotInForce);
    await expect(takeBack(giver, mandateId)).rejects.toThrow(MandateNoticeNotRunning);
    expect(await ask(agency, influencer)).toMatchObject({ mandateId, version: 2 });
  });

  it('is taken back by that side alone, and the mandate is as it was', async () => {
    const [agency, influencer] = await pair();
    const [giver, other] = side === 'agency' ? [agency, influencer] : [influencer, agency];
    const endsAt = inDays(100);
    const before = await inForce(agency, influencer, { noticeDays: 30, endsAt });
    await end(giver, before.mandateId);
    await expect(takeBack(other, before.mandateId)).rejects.toThrow(MandateNoticeOfOtherSide);
    world.clock.advance({ days: 29 });
    expect(await takeBack(giver, before.mandateId)).toEqual(before);
    world.clock.advance({ days: 70 });
    expect(await represented(agency)).toBe(1);
    world.clock.advance({ days: 1 });
    expect(await represented(agency)).toBe(0);
  });

  it('ends at once where both sides want that', async () => {
    const [agency, influencer] = await pair();
    const [giver, other] = side === 'agency' ? [agency, influencer] : [influencer, agency];
    const { mandateId } = await inForce(agency, influencer, { noticeDays: 180 });
    await end(giver, mandateId);
    await expect(end(other, mandateId, { atOnce: true })).rejects.toThrow(MandateUnderNotice);
    await end(giver, mandateId, { atOnce: true });
    expect(await represented(agency)).toBe(1);
    expect(await end(other, mandateId, { atOnce: true })).toMatchObject({ state: 'ended', endedBy: other.userId });
    expect(await represented(agency)).toBe(0);
  });
});

describe('notice', () => {
  it('cannot be taken back once another agency has the place afterwards, and the agency is not told who', async () => {
    const [agency, influencer] = await pair();
    const { mandateId } = await inForce(agency, influencer, { noticeDays: 30 });
    await end(agency, mandateId);
    const successor = await world.signUpAgency('Successor');
    await inForce(successor, influencer, { position: 1, startsOn: dayOf(inDays(31)) });
    await expect(takeBack(agency, mandateId)).rejects.toThrow(
      expect.objectContaining({ message: new MandateNoticeReliedOn().message, details: {} }),
    );
  });

  it('is nobody’s else to give', async () => {
    const [agency, influencer] = await pair();
    const { mandateId } = await inForce(agency, influencer, { noticeDays: 30 });
    const rival = await world.signUpAgency('Rival');
    await expect(end(rival, mandateId)).rejects.toThrow(NotFound);
    await expect(takeBack(rival, mandateId)).rejects.toThrow(NotFound);
    await expect(withdraw(rival, { mandateId, version: 1 })).rejects.toThrow(NotFound);
    await expect(end(agency, mandateId, { side: 'influencer' })).rejects.toThrow(Forbidden);
  });
});

describe('in the database', () => {
  const asAgency = ({ userId, partyId }: TestParty) => ({ user_id: userId, party_ids: `{${partyId}}` });
  const WHERE = 'where mandate_id = $1';
  const NOTICE = `notice_given_by = $2, notice_given_at = now(), notice_at_once = false, notice_ends_at = now() + interval '1 day'`;

  it.each([
    ['a longer period', `valid_until = 'infinity', ended_by = $2`],
    ['an earlier beginning', `valid_from = '2020-01-01', ended_by = $2`],
    ['another’s consent', 'decided_by = $2'],
    ['notice in the influencer’s name', `notice_side = 'influencer', valid_until = now(), ${NOTICE}`],
    [
      'notice that would give a longer period when taken back',
      `notice_side = 'agency', valid_until = now() + interval '1 hour', notice_prior_until = 'infinity', ${NOTICE}`,
    ],
  ])('an agency cannot write %s', async (_what, changes) => {
    const [agency, influencer] = await pair();
    const { mandateId } = await inForce(agency, influencer, { noticeDays: 30, endsAt: inDays(100) });
    const write = world.asApplication(asAgency(agency), `update parties.mandates set ${changes} ${WHERE}`, [
      mandateId,
      agency.userId,
    ]);
    await expect(write).rejects.toThrow(/changes nothing of a mandate but its end/);
  });

  it('an agency cannot do away with the influencer’s notice', async () => {
    const [agency, influencer] = await pair();
    const { mandateId } = await inForce(agency, influencer, { noticeDays: 30 });
    await end(influencer, mandateId);
    const undo = `update parties.mandates set notice_side = null, notice_given_by = null, notice_given_at = null,
      notice_ends_at = null, notice_at_once = null, notice_prior_until = null, valid_until = null ${WHERE}`;
    await expect(world.asApplication(asAgency(agency), undo, [mandateId])).rejects.toThrow(/but its end/);
  });

  it('the terms of a version change for nobody', async () => {
    const [agency, influencer] = await pair();
    const { mandateId } = await inForce(agency, influencer);
    for (const terms of [`brand_overrides = '[]'`, 'notice_days = 1', `cuts = '{}'`]) {
      const write = world.asApplication({ system: 'on' }, `update parties.mandates set ${terms} ${WHERE}`, [mandateId]);
      await expect(write).rejects.toThrow(/permission denied/);
    }
  });
});

describe('every step', () => {
  it('is told with who took it, how it was and how it is', async () => {
    const [agency, influencer] = await pair();
    const run = (job: typeof ExpireMandateRequests | typeof EndRunOutMandates) =>
      world.get<ExpireMandateRequests | EndRunOutMandates>(job).execute({ now: world.clock.now() });
    const first = await ask(agency, influencer, { noticeDays: 7 });
    const { mandateId } = first;
    await decline(influencer, first);
    await withdraw(agency, await ask(agency, influencer, { noticeDays: 7 }));
    await ask(agency, influencer, { noticeDays: 7 });
    world.clock.advance({ days: 7 });
    await run(ExpireMandateRequests);
    await inForce(agency, influencer, { noticeDays: 7 });
    world.clock.advance({ hours: 1 });
    await inForce(agency, influencer, { noticeDays: 7, cuts: sameCuts('0.3') });
    await run(EndRunOutMandates);
    await end(influencer, mandateId, { reason: 'Too dear' });
    await takeBack(influencer, mandateId);
    await end(agency, mandateId);
    await end(agency, mandateId, { atOnce: true });
    world.clock.advance({ days: 7 });
    await run(EndRunOutMandates);
    await run(EndRunOutMandates);

    const told = await world.asOwner<{ type: string; payload: Payload }>(
      'select type, payload from platform.outbox where subject_id = $1 order by event_id',
      [mandateId],
    );
    const { userId: agent } = agency;
    const { userId: aoi } = influencer;
    expect(
      told.map(({ type, payload }) => [type, payload.version, payload.by, payload.old?.state, payload.new.state]),
    ).toEqual([
      ['parties.mandate_requested', 1, agent, undefined, 'requested'],
      ['parties.mandate_declined', 1, aoi, 'requested', 'declined'],
      ['parties.mandate_requested', 2, agent, undefined, 'requested'],
      ['parties.mandate_withdrawn', 2, agent, 'requested', 'ended'],
      ['parties.mandate_requested', 3, agent, undefined, 'requested'],
      ['parties.mandate_expired', 3, 'system', 'requested', 'expired'],
      ['parties.mandate_requested', 4, agent, undefined, 'requested'],
      ['parties.mandate_accepted', 4, aoi, 'requested', 'accepted'],
      ['parties.mandate_requested', 5, agent, undefined, 'requested'],
      ['parties.mandate_superseded', 4, aoi, 'accepted', 'accepted'],
      ['parties.mandate_accepted', 5, aoi, 'requested', 'accepted'],
      ['parties.mandate_notice_given', 5, aoi, 'accepted', 'accepted'],
      ['parties.mandate_notice_taken_back', 5, aoi, 'accepted', 'accepted'],
      ['parties.mandate_notice_given', 5, agent, 'accepted', 'accepted'],
      ['parties.mandate_end_offered', 5, agent, 'accepted', 'accepted'],
      ['parties.mandate_ended', 5, 'system', 'accepted', 'ended'],
    ]);
    const given = told.find(({ type }) => type === 'parties.mandate_notice_given')?.payload;
    expect(given?.old?.notice).toBeNull();
    expect(given?.new.notice).toMatchObject({ side: 'influencer', givenBy: aoi, reason: 'Too dear' });
    const superseded = told.find(({ type }) => type === 'parties.mandate_superseded')?.payload;
    expect([superseded?.old?.validUntil, superseded?.new.validUntil]).toEqual([null, expect.any(String)]);
  });
});

interface Course {
  readonly state: string;
  readonly validUntil: string | null;
  readonly notice: object | null;
}

interface Payload {
  readonly version: number;
  readonly by: string;
  readonly old: Course | null;
  readonly new: Course;
}
