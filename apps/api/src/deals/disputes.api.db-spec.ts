import { Client } from 'pg';
import { ApiInTest } from '../../../../test/support/api/api-in-test';
import { briefIn, cashIn } from '../../../../test/support/deal-samples';
import { DealWorld, type SignedUpSomeone, StandingClock } from '../../../../test/support/deal-world';
import { DisputeSteps } from '../../../../test/support/dispute-steps';
import { toGlobalId } from '../graphql';

const DISPUTE = `id dealId state scope reason side answerDueAt withdrawnAt decision { outcome reason }
  items { deliverableId place amount { amount currency } influencerShare kept { amount } returned { amount } }
  entries { number kind side party { name } text fileIds }`;

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
/** Sessions end by the clock of the machine, so these deals are of these days. */
const upcoming = {
  bidDeadline: inDays(20),
  deliverables: briefIn('EUR').deliverables.map((one) => ({ ...one, dueOn: inDays(60).toISOString().slice(0, 10) })),
};

describe('disputes over GraphQL', () => {
  let world: DealWorld;
  let api: ApiInTest;
  let brand: SignedUpSomeone;
  let influencer: SignedUpSomeone;
  let operator: SignedUpSomeone;
  let rival: SignedUpSomeone;
  let steps: DisputeSteps;

  beforeAll(async () => {
    world = await DealWorld.open(new StandingClock(new Date()));
    api = await ApiInTest.open({ databaseUrl: world.databaseUrl });
    brand = await world.signUpBrand();
    influencer = await world.signUpInfluencer();
    rival = await world.signUpBrand('Rival');
    operator = await world.signUpInfluencer('Olga');
    const owner = new Client({ connectionString: world.databaseUrl });
    await owner.connect();
    await owner.query(`update identity.users set staff_roles = '{operator}' where id = $1`, [operator.userId]);
    await owner.end();
    await world.credit(brand, 'EUR', 10_000_000n);
    steps = new DisputeSteps(world, brand, influencer);
  }, 60_000);

  afterAll(async () => {
    await api.close();
    await world.close();
  });

  const mutate = async (who: SignedUpSomeone, name: string, input: object) => {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const query = `mutation ($input: ${type}!) { ${name}(input: $input) {
      __typename ... on Dispute { ${DISPUTE} } ... on BusinessError { code } } }`;
    return api.ask(who, query, { input });
  };
  const succeed = async (who: SignedUpSomeone, name: string, input: object) => {
    const { data, errors } = await mutate(who, name, input);
    if (errors) throw new Error(JSON.stringify(errors));
    return data?.[name];
  };

  it('is opened, answered, decided and read, and what breaks a rule has a name', async () => {
    const { dealId, pieces } = await steps.running(cashIn('EUR'), upcoming);
    const deliverableId = toGlobalId('deliverable', pieces[0] ?? '');
    const opening = {
      dealId: toGlobalId('deal', dealId),
      deliverableIds: [deliverableId],
      reason: 'NOT_AS_AGREED',
      text: 'No purse in it',
      idempotencyKey: 'open',
    };
    const opened = await succeed(brand, 'openDispute', opening);
    expect(opened).toMatchObject({
      __typename: 'Dispute',
      state: 'OPEN',
      scope: 'DELIVERABLES',
      side: 'BRAND',
      items: [{ deliverableId, place: 'ESCROW', amount: { amount: '500.01', currency: 'EUR' }, kept: null }],
      entries: [{ number: 1, kind: 'CLAIM', party: { name: 'Maison Aurore' }, text: 'No purse in it', fileIds: [] }],
    });
    expect((await succeed(brand, 'openDispute', opening)).id).toBe(opened.id);
    const again = await succeed(influencer, 'openDispute', { ...opening, idempotencyKey: 'hers' });
    expect(again.code).toBe('DELIVERABLE_DISPUTED');
    const said = { disputeId: opened.id, text: 'There is', idempotencyKey: 'answer' };
    const share = { deliverableId, influencerShare: '1/3' };
    const deciding = { disputeId: opened.id, outcome: 'SPLIT', shares: [share], reason: 'Half.', idempotencyKey: 'd' };
    expect((await succeed(operator, 'decideDispute', deciding)).code).toBe('ANSWER_STILL_OPEN');
    expect((await succeed(influencer, 'answerDispute', said)).state).toBe('ANSWERED');
    const evidence = { ...said, idempotencyKey: 'evidence' };
    expect((await succeed(brand, 'addDisputeEvidence', evidence)).entries).toHaveLength(3);
    expect((await succeed(operator, 'decideDispute', { ...deciding, shares: [] })).code).toBe('DECISION_INCOMPLETE');
    expect(await succeed(operator, 'decideDispute', deciding)).toMatchObject({
      state: 'DECIDED',
      decision: { outcome: 'SPLIT', reason: 'Half.' },
      items: [{ influencerShare: '1/3', kept: { amount: '166.67' }, returned: { amount: '333.34' } }],
    });
    const query = `query ($id: ID!) { deal(id: $id) { deliverables { state } disputes { ${DISPUTE} } } }`;
    const shown = await api.ask(influencer, query, { id: opening.dealId });
    expect(shown.data?.['deal']).toMatchObject({
      deliverables: [{ state: 'SETTLED' }, { state: 'PLANNED' }, { state: 'PLANNED' }],
      disputes: [{ id: opened.id, state: 'DECIDED' }],
    });
  });

  it("is nobody else's to see, and no side's to decide", async () => {
    const { dealId, pieces } = await steps.running(cashIn('EUR'), upcoming);
    const disputeId = toGlobalId('dispute', await steps.opened(dealId, [pieces[0] ?? '']));
    const query = `query ($id: ID!) { dispute(id: $id) { id } }`;
    for (const who of [brand, influencer, operator]) {
      expect((await api.ask(who, query, { id: disputeId })).data?.['dispute']).toEqual({ id: disputeId });
    }
    expect((await api.ask(rival, query, { id: disputeId })).errors?.[0]?.extensions['code']).toBe('NOT_FOUND');
    const deciding = { disputeId, outcome: 'FOR_BRAND', reason: 'Mine.', idempotencyKey: 'mine' };
    const refused = await mutate(brand, 'decideDispute', deciding);
    expect(refused.errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
    const taken = await mutate(rival, 'withdrawDispute', { disputeId });
    expect(taken.errors?.[0]?.extensions['code']).toBe('NOT_FOUND');
    expect((await succeed(brand, 'withdrawDispute', { disputeId })).state).toBe('WITHDRAWN');
  });
});
