import { type Actor, Outbox, systemActor } from '@evenhand/kernel';
import { managerOf, OutboxDispatcher, RelayOutbox } from '@evenhand/platform';
import {
  DeliverMessages,
  EnableEndpoint,
  type Endpoint,
  ListEndpoints,
  ListMessages,
  type MessageState,
  RegisterEndpoint,
  ReplayFailedMessages,
  ReplayMessages,
  RotateEndpointSecret,
  SendTestEvent,
  WebhooksModule,
} from '@evenhand/webhooks';
import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { randomUUID } from 'node:crypto';
// Deep, for what only the module with queues brings along.
import { JobQueue } from '../../../libs/platform/src/queues/job-queue';
import { partiesWorld, type TestParty } from '../parties-world';
import { type KeptJobs, RELAY, REOPENED } from '../relayed-events';
import { Receiver } from './receiver';

const SYSTEM = systemActor('test');
const QUOTA = 1_000;

@Module({
  imports: [DiscoveryModule, WebhooksModule],
  providers: RELAY,
})
class RelayingModule {}

/** Parties with endpoints at a receiver of the test's, and the steps of a worker, one call each. */
export async function webhooksWorld() {
  const parties = await partiesWorld([RelayingModule], { allowLocalWebhooks: true });
  const receiver = await Receiver.open();
  const { get, uow, clock, actorOf } = parties;
  const jobs = get(JobQueue) as KeptJobs;
  get(OutboxDispatcher).onApplicationBootstrap();

  const world = {
    ...parties,
    receiver,

    /** Rows with the system's rights, or an actor's. */
    rows: <Row>(sql: string, values: readonly unknown[] = [], actor: Actor = SYSTEM): Promise<Row[]> =>
      uow.run(actor, (tx) => managerOf(tx).query<Row[]>(sql, [...values])),

    register: async (party: TestParty, eventTypes: readonly string[] = ['*'], path = '/hook') => {
      const wanted = { partyId: party.partyId, url: receiver.url(path), description: '', eventTypes };
      return get(RegisterEndpoint).execute({ actor: await actorOf(party), ...wanted });
    },

    /** A fact as another context would record it; answers once its jobs are done, however often they are. */
    record: async (type: string, payload: Readonly<Record<string, unknown>>, times = 1): Promise<void> => {
      await uow.run(SYSTEM, (tx) => get(Outbox).append(tx, [{ type, subjectId: randomUUID(), payload }]));
      await get(RelayOutbox).execute();
      for (const eventId of jobs.eventIds.splice(0)) {
        for (let time = 0; time < times; time += 1) {
          await get(OutboxDispatcher).dispatch(eventId);
          if (times > 1) await parties.asOwner(REOPENED, [eventId]);
        }
      }
    },

    deliver: ({ endpointId }: Endpoint, limit = QUOTA) => get(DeliverMessages).execute({ endpointId, limit }),

    log: async (party: TestParty, { endpointId }: Endpoint, state: MessageState | null = null) => {
      const query = { actor: await actorOf(party), endpointId, state, page: { first: 100, after: null } };
      return (await get(ListMessages).execute(query)).rows.map(({ node }) => node);
    },

    endpointsOf: async (party: TestParty) =>
      get(ListEndpoints).execute({ actor: await actorOf(party), partyId: party.partyId }),

    rotate: async (party: TestParty, { endpointId }: Endpoint, revokeOld = false) =>
      get(RotateEndpointSecret).execute({ actor: await actorOf(party), endpointId, revokeOld }),

    enable: async (party: TestParty, { endpointId }: Endpoint) =>
      get(EnableEndpoint).execute({ actor: await actorOf(party), endpointId }),

    test: async (party: TestParty, { endpointId }: Endpoint) =>
      get(SendTestEvent).execute({ actor: await actorOf(party), endpointId }),

    replay: async (party: TestParty, { endpointId }: Endpoint, ...messageIds: string[]) =>
      get(ReplayMessages).execute({ actor: await actorOf(party), endpointId, messageIds }),

    replayFailed: async (party: TestParty, { endpointId }: Endpoint, since: Date) =>
      get(ReplayFailedMessages).execute({ actor: await actorOf(party), endpointId, since }),

    advance: clock.advance.bind(clock),

    /** Sales of the brand's through the influencer, as the intake records them together; its jobs are done so many times. */
    sell: (brandId: string, influencerId: string = randomUUID(), times = 1, count = 1) =>
      world.record('sales.sales_recorded', { ...DEAL, brandId, influencerId, sales: salesOf(count) }, times),

    /** A brand with an endpoint that wants everything, and one sale that it is to be told of. */
    toldOfSale: async () => {
      const brand = await parties.signUpBrand();
      const { endpoint, secret } = await world.register(brand);
      await world.sell(brand.partyId);
      const [message] = await world.log(brand, endpoint);
      if (!message) throw new Error('There is no message.');
      return { brand, endpoint, secret, message };
    },

    end: async (): Promise<void> => {
      await receiver.close();
      await parties.close();
    },
  };
  return world;
}
export type WebhooksWorld = Awaited<ReturnType<typeof webhooksWorld>>;

const DEAL = { dealId: randomUUID(), campaignId: randomUUID() };
const SALE = {
  kind: 'note_commission',
  source: 'shop',
  externalId: '1001',
  orderNumber: '#1001',
  attributedBy: 'code',
  attributedValue: 'YUKI',
  orderCurrency: 'USD',
  orderBaseMinor: '14424',
  conversion: { rate: '2500/2921', date: '2026-02-27', source: 'ECB' },
  currency: 'EUR',
  baseMinor: '12345',
  commissionMinor: '1235',
  occurredAt: '2026-02-28T10:00:00.000Z',
  releaseAt: '2026-03-30T10:00:00.000Z',
};

const salesOf = (count: number) => Array.from({ length: count }, () => ({ ...SALE, saleId: randomUUID() }));
