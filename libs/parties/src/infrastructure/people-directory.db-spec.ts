import { systemActor } from '@evenhand/kernel';
import { type PartiesWorld, partiesWorld, sameCuts } from '../../../../test/support/parties-world';
import { AcceptMandate } from '../application/answer-mandate';
import { EndMandate } from '../application/end-mandate';
import { PeopleDirectory } from '../application/people-directory';
import { RequestMandate } from '../application/request-mandate';
import { PLAIN_END, PLAIN_REQUEST } from '../../../../test/support/mandate-samples';

describe('the people behind parties', () => {
  let world: PartiesWorld;

  beforeAll(async () => {
    world = await partiesWorld();
  });

  afterAll(() => world.close());

  const behind = async (...partyIds: string[]) => {
    const found = await world.uow.read(systemActor('test'), (tx) =>
      world.get(PeopleDirectory).addressesBehind(tx, partyIds, world.clock.now()),
    );
    return Object.fromEntries(found);
  };

  it('are the influencer, her agencies while they represent her, and the members of an organisation', async () => {
    const [agency, influencer, brand] = [
      await world.signUpAgency(),
      await world.signUpInfluencer(),
      await world.signUpBrand(),
    ];
    const { mandateId, version } = await world.get(RequestMandate).execute({
      actor: await world.actorOf(agency),
      influencerId: influencer.partyId,
      agencyId: agency.partyId,
      cuts: sameCuts('0.2'),
      ...PLAIN_REQUEST,
    });
    expect(await behind(influencer.partyId)).toEqual({ [influencer.partyId]: [influencer.email] });
    await world.get(AcceptMandate).execute({ actor: await world.actorOf(influencer), mandateId, version });
    const both = [agency.email, influencer.email].sort();
    expect(await behind(influencer.partyId, brand.partyId, mandateId)).toEqual({
      [influencer.partyId]: both,
      [brand.partyId]: [brand.email],
    });
    world.clock.advance({ days: 1 });
    await world.get(EndMandate).execute({ actor: await world.actorOf(agency), mandateId, ...PLAIN_END });
    expect(await behind(influencer.partyId, agency.partyId)).toEqual({
      [influencer.partyId]: [influencer.email],
      [agency.partyId]: [agency.email],
    });
    expect(await behind()).toEqual({});
  });
});
