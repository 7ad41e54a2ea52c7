import { systemActor } from '@evenhand/kernel';
import {
  AcceptMandate,
  DeclineMandate,
  EndMandate,
  type EndMandateCommand,
  MandateDirectory,
  RequestMandate,
  type RequestMandateCommand,
  TakeBackMandateNotice,
  WithdrawMandateRequest,
} from '@evenhand/parties';
import { PLAIN_END, PLAIN_REQUEST } from './mandate-samples';
import { type PartiesWorld, sameCuts, type TestParty } from './parties-world';

export interface Version {
  readonly mandateId: string;
  readonly version: number;
}

/** The steps of a mandate as people take them, each with the rights its person has at that moment. */
export function mandateSteps(world: () => PartiesWorld) {
  const steps = {
    pair: async (): Promise<[agency: TestParty, influencer: TestParty]> => [
      await world().signUpAgency(),
      await world().signUpInfluencer(),
    ],
    ask: async (agency: TestParty, influencer: TestParty, changes: Partial<RequestMandateCommand> = {}) =>
      world()
        .get(RequestMandate)
        .execute({
          actor: await world().actorOf(agency),
          influencerId: influencer.partyId,
          agencyId: agency.partyId,
          cuts: sameCuts('0.2'),
          ...PLAIN_REQUEST,
          ...changes,
        }),
    accept: async (person: TestParty, { mandateId, version }: Version) =>
      world()
        .get(AcceptMandate)
        .execute({ actor: await world().actorOf(person), mandateId, version }),
    decline: async (person: TestParty, { mandateId, version }: Version) =>
      world()
        .get(DeclineMandate)
        .execute({ actor: await world().actorOf(person), mandateId, version }),
    withdraw: async (person: TestParty, { mandateId, version }: Version) =>
      world()
        .get(WithdrawMandateRequest)
        .execute({ actor: await world().actorOf(person), mandateId, version }),
    end: async (person: TestParty, mandateId: string, how: Partial<EndMandateCommand> = {}) =>
      world()
        .get(EndMandate)
        .execute({ actor: await world().actorOf(person), mandateId, ...PLAIN_END, ...how }),
    takeBack: async (person: TestParty, mandateId: string) =>
      world()
        .get(TakeBackMandateNotice)
        .execute({ actor: await world().actorOf(person), mandateId, side: null }),
    /** Asked for and consented to. */
    inForce: async (agency: TestParty, influencer: TestParty, changes: Partial<RequestMandateCommand> = {}) =>
      steps.accept(influencer, await steps.ask(agency, influencer, changes)),
    chainOf: (influencer: TestParty, { brandId = SOME_BRAND, at = world().clock.now() } = {}) =>
      world().uow.read(systemActor('test'), (tx) =>
        world().get(MandateDirectory).chainOf(tx, { influencerId: influencer.partyId, brandId, at }),
      ),
  };
  return steps;
}

/** One that no mandate names. */
export const SOME_BRAND = '01900000-0000-7000-8000-0000000000bb';
