import { Client } from 'pg';
import { mandateSteps } from '../../../../test/support/mandate-steps';
import { somebodyWaits } from '../../../../test/support/somebody-waits';
import { type PartiesWorld, partiesWorld, sameCuts } from '../../../../test/support/parties-world';
import {
  MandateChangeAlreadyOpen,
  MandateCutsExceedWhole,
  MandatePositionTaken,
  MandateRequestExpired,
  MandateRequestNotOpen,
  MandateUnderNotice,
  MandateVersionSuperseded,
} from '../domain/errors';

let world: PartiesWorld;

beforeAll(async () => {
  world = await partiesWorld();
});

afterAll(() => world.close());

const { pair, ask, accept, withdraw, end, takeBack, inForce, chainOf } = mandateSteps(() => world);

/** What came of attempts made at once: the number that succeeded, and why the others did not. */
async function atOnce(attempts: readonly (() => Promise<unknown>)[]) {
  const outcomes = await Promise.allSettled(attempts.map((attempt) => attempt()));
  const refusals = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as Error] : []));
  return { succeeded: outcomes.length - refusals.length, refusals };
}

function times<T>(count: number, work: (place: number) => T): T[] {
  return Array.from({ length: count }, (_, place) => work(place));
}

describe('at once', () => {
  it('fifty consents to one request are one', async () => {
    const [agency, influencer] = await pair();
    const request = await ask(agency, influencer);
    const { succeeded, refusals } = await atOnce(times(50, () => () => accept(influencer, request)));
    expect(succeeded).toBe(1);
    for (const refusal of refusals) expect(refusal).toBeInstanceOf(MandateVersionSuperseded);
    const told = await world.asOwner(
      `select 1 from platform.outbox where subject_id = $1 and type = 'parties.mandate_accepted'`,
      [request.mandateId],
    );
    expect(told).toHaveLength(1);
  });

  it('twenty requests of one agency are one', async () => {
    const [agency, influencer] = await pair();
    const { succeeded, refusals } = await atOnce(times(20, () => () => ask(agency, influencer)));
    expect(succeeded).toBe(1);
    for (const refusal of refusals) expect(refusal).toBeInstanceOf(MandateChangeAlreadyOpen);
  });

  it('a consent and a withdrawal are one of the two', async () => {
    for (let round = 0; round < 10; round += 1) {
      const [agency, influencer] = await pair();
      const request = await ask(agency, influencer);
      const { succeeded, refusals } = await atOnce([
        () => accept(influencer, request),
        () => withdraw(agency, request),
      ]);
      expect(succeeded).toBe(1);
      const [refusal] = refusals;
      const accepted = refusal instanceof MandateRequestNotOpen;
      expect(accepted || refusal instanceof MandateVersionSuperseded).toBe(true);
      expect(await chainOf(influencer)).toHaveLength(accepted ? 1 : 0);
    }
  });

  it('a consent waits for the job that marks its request as lapsed, and sees what that wrote', async () => {
    const [agency, influencer] = await pair();
    const { mandateId, version } = await ask(agency, influencer);
    const job = new Client({ connectionString: world.databaseUrl });
    await job.connect();
    try {
      await job.query(`begin; set local evenhand.system = 'on'`);
      await job.query(`update parties.mandates set state = 'expired' where mandate_id = $1`, [mandateId]);
      const consent = expect(accept(influencer, { mandateId, version })).rejects.toThrow(MandateRequestExpired);
      await somebodyWaits(job);
      await job.query('commit');
      await consent;
    } finally {
      await job.end();
    }
    expect(await chainOf(influencer)).toEqual([]);
  });

  it('ten agencies at one position are one', async () => {
    const influencer = await world.signUpInfluencer();
    const requests = await Promise.all(
      times(10, async () => ask(await world.signUpAgency(), influencer, { position: 1, cuts: sameCuts('0.05') })),
    );
    const { succeeded, refusals } = await atOnce(requests.map((request) => () => accept(influencer, request)));
    expect(succeeded).toBe(1);
    for (const refusal of refusals) expect(refusal).toBeInstanceOf(MandatePositionTaken);
  });

  it('ten agencies that each take a fifth are five, and exactly the whole', async () => {
    const influencer = await world.signUpInfluencer();
    const requests = await Promise.all(
      times(10, async (place) => ask(await world.signUpAgency(), influencer, { position: place + 1 })),
    );
    const { succeeded, refusals } = await atOnce(requests.map((request) => () => accept(influencer, request)));
    expect(succeeded).toBe(5);
    for (const refusal of refusals) expect(refusal).toBeInstanceOf(MandateCutsExceedWhole);
  });

  it('both sides that give notice give one, and taking it back either comes first or finds it', async () => {
    for (let round = 0; round < 10; round += 1) {
      const [agency, influencer] = await pair();
      const { mandateId } = await inForce(agency, influencer, { noticeDays: 30 });
      const given = await atOnce([() => end(agency, mandateId), () => end(influencer, mandateId)]);
      expect(given.refusals).toEqual([expect.any(MandateUnderNotice)]);
      const back = await atOnce([() => takeBack(agency, mandateId), () => takeBack(influencer, mandateId)]);
      expect(back.succeeded).toBe(1);
      expect((await chainOf(influencer)).length).toBe(1);
    }
  });
});
