import { CampaignsModule, CreateCampaign, PublishCampaign } from '@evenhand/campaigns';
import { DiscoveryModule, MatchSavedSearches, SaveSearch, type Wanted } from '@evenhand/discovery';
import { systemActor } from '@evenhand/kernel';
import { AddChannel, type ChannelFacts, type InfluencerProfile, UpdateInfluencerProfile } from '@evenhand/parties';
import { managerOf, OutboxDispatcher, RelayOutbox } from '@evenhand/platform';
import { Module } from '@nestjs/common';
import { DiscoveryModule as ProvidersModule } from '@nestjs/core';
import type { Brief } from '../../libs/campaigns/src/domain/brief';
// Deep, for what only the module with queues brings along.
import { OutboxReader } from '../../libs/platform/src/outbox/outbox-reader';
import { JobQueue } from '../../libs/platform/src/queues/job-queue';
import { sampleBrief, sampleLimits } from './campaigns/campaign-samples';
import { partiesWorld, type TestParty } from './parties-world';

const SYSTEM = systemActor('test');

/** Keeps the ids of the events that a worker would have jobs for. */
class KeptJobs extends JobQueue {
  readonly eventIds: string[] = [];

  override async enqueueEvents(eventIds: readonly string[]): Promise<void> {
    this.eventIds.push(...eventIds);
  }
}

@Module({
  imports: [ProvidersModule, CampaignsModule, DiscoveryModule],
  providers: [OutboxReader, OutboxDispatcher, RelayOutbox, { provide: JobQueue, useClass: KeptJobs }],
})
class RelayingModule {}

export interface SavedSearchMatched {
  readonly savedSearchId: string;
  readonly userId: string;
  readonly partyId: string;
  readonly kind: string;
  readonly name: string;
  readonly objectIds: readonly string[];
  readonly count: number;
}

/** Parties, campaigns and saved searches, and the steps of a worker, one call each. */
export async function discoveryWorld() {
  const parties = await partiesWorld([RelayingModule]);
  const { get, uow, actorOf } = parties;
  const jobs = get(JobQueue) as KeptJobs;
  get(OutboxDispatcher).onApplicationBootstrap();

  const world = {
    ...parties,

    rows: <Row>(sql: string, values: readonly unknown[] = []): Promise<Row[]> =>
      uow.run(SYSTEM, (tx) => managerOf(tx).query<Row[]>(sql, [...values])),

    publish: async (brand: TestParty, brief: Partial<Brief> = {}): Promise<string> => {
      const actor = await actorOf(brand);
      const command = {
        actor,
        brandId: brand.partyId,
        brief: sampleBrief(brief),
        limits: budgetsOf(sampleBrief(brief)),
      };
      const { campaign } = await get(CreateCampaign).execute(command);
      await get(PublishCampaign).execute({ actor, campaignId: campaign.id });
      return campaign.id;
    },

    profile: async (party: TestParty, profile: Partial<InfluencerProfile>, channels: readonly ChannelFacts[] = []) => {
      const actor = await actorOf(party);
      const about = { displayName: 'Somebody', country: 'JP', bio: '', categories: [], markets: [], languages: [] };
      await get(UpdateInfluencerProfile).execute({ actor, ...about, ...profile });
      for (const channel of channels) await get(AddChannel).execute({ actor, ...channel });
    },

    save: async (party: TestParty, wanted: Wanted, name = 'What I look for') =>
      get(SaveSearch).execute({ actor: await actorOf(party), partyId: party.partyId, name, wanted, notify: true }),

    /** What has happened comes to whoever reacts to it. */
    react: async (): Promise<void> => {
      await get(RelayOutbox).execute();
      for (const eventId of jobs.eventIds.splice(0)) await get(OutboxDispatcher).dispatch(eventId);
    },

    match: () => get(MatchSavedSearches).execute(),

    /** Everything that people were told so far, in its order. */
    told: async (): Promise<readonly SavedSearchMatched[]> => {
      const sql = `select payload from platform.outbox where type = 'discovery.saved_search_matched' order by event_id`;
      return (await world.rows<{ payload: SavedSearchMatched }>(sql)).map(({ payload }) => payload);
    },
  };
  return world;
}

export type DiscoveryWorld = Awaited<ReturnType<typeof discoveryWorld>>;

/** A budget for each currency in which cash is offered. */
function budgetsOf({ compensation }: Brief) {
  return sampleLimits({
    budgets: compensation.cash.map(({ currency, maximumMinor }) => ({ currency, amountMinor: maximumMinor })),
  });
}

export function channelOn(platform: ChannelFacts['platform'], handle: string, countries: Record<string, number> = {}) {
  const shares = Object.entries(countries).map(([segment, percent]) => ({ segment, percent }));
  const audience = { countries: shares, ages: [], genders: [] };
  return { platform, handle, url: 'https://example.com/channel', followers: 1_000n, audience };
}
