import { type Actor, Outbox, type PersonActor } from '@evenhand/kernel';
import { MessagesModule } from '@evenhand/messages';
import {
  CountUnreadNotifications,
  type Language,
  ListNotifications,
  MarkNotificationsRead,
  NotificationsModule,
  SendEmail,
  WatchEmails,
} from '@evenhand/notifications';
import { OutboxDispatcher, RelayOutbox, type Settings } from '@evenhand/platform';
import { Module, type Type } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { JobQueue } from '../../libs/platform/src/queues/job-queue';
import { briefIn, everyKind, limitsIn, mixIn } from './deal-samples';
import { DealWorld, type Someone, StandingClock } from './deal-world';
import { type KeptJobs, RELAY, REOPENED } from './relayed-events';

@Module({ imports: [DiscoveryModule, MessagesModule, NotificationsModule], providers: RELAY })
class RelayingModule {}

export class MovingClock extends StandingClock {
  advanceMinutes(minutes: number): void {
    this.advanceDays(minutes / 1_440);
  }
}

/** A brand, an influencer and her agency, the steps of a worker, and what people are told. */
export async function notificationsWorld(settings: Partial<Settings> = {}, more: readonly Type[] = []) {
  const clock = new MovingClock();
  const dataDirectory = mkdtempSync(join(tmpdir(), 'evenhand-mail-'));
  const world = await DealWorld.open(clock, [RelayingModule, ...more], { dataDirectory, ...settings });
  /** Sees all rows. */
  const owner = new Client({ connectionString: world.databaseUrl });
  await owner.connect();
  world.get(OutboxDispatcher).onApplicationBootstrap();
  const brand = await world.signUpBrand();
  const influencer = await world.signUpInfluencer();
  const agency = await world.signUpAgency();
  const { mandateId } = await world.mandate(agency, influencer, everyKind({ of: 'gross', share: '0.1' }));
  const actorOf = (who: Someone | PersonActor) => ('kind' in who ? who : world.actor(who));

  const tests = {
    world,
    clock,
    owner,
    dataDirectory,
    brand,
    influencer,
    agency,
    mandateId,

    newDeal: async (): Promise<string> => {
      const campaignId = await world.publishCampaign(brand, briefIn('EUR'), limitsIn('EUR'));
      return world.accept(brand, await world.bid(campaignId, influencer, mixIn('EUR')));
    },

    /** A fact as its context would tell it. */
    record: (type: string, subjectId: string, payload: Readonly<Record<string, unknown>>): Promise<void> =>
      world.asSystem((tx) => world.get(Outbox).append(tx, [{ type, subjectId, payload }])),

    /** Does the jobs of all events that are open, each so many times; the last first, or all at once, where said. */
    work: async ({ times = 1, backwards = false, together = false } = {}): Promise<void> => {
      await world.get(RelayOutbox).execute();
      const ids = (world.get(JobQueue) as KeptJobs).eventIds.splice(0);
      const job = async (eventId: string): Promise<void> => {
        for (let time = 1; time <= times; time += 1) {
          await world.get(OutboxDispatcher).dispatch(eventId);
          if (time < times) await owner.query(REOPENED, [eventId]);
        }
      };
      if (together) await Promise.all(ids.map(job));
      else for (const eventId of backwards ? ids.toReversed() : ids) await job(eventId);
    },

    /** Does what is open and marks as read what everybody has heard of it. */
    settle: async (): Promise<void> => {
      await tests.work();
      await owner.query(`update notifications.notifications set read_at = now()`);
      await owner.query(
        `update notifications.emails set state = 'skipped', decided_at = now() where state = 'pending'`,
      );
    },

    told: async (who: Someone | PersonActor, unreadOnly = true, language: Language | null = null) => {
      const query = { actor: await actorOf(who), unreadOnly, language, page: { first: 100, after: null } };
      return (await world.get(ListNotifications).execute(query)).rows.map(({ node }) => node);
    },

    kinds: async (who: Someone | PersonActor): Promise<readonly string[]> =>
      (await tests.told(who)).map(({ notification }) => notification.kind),

    unread: async (who: Someone | PersonActor): Promise<number> =>
      world.get(CountUnreadNotifications).execute({ actor: await actorOf(who) }),

    read: async (who: Someone | PersonActor, notificationIds: readonly string[], throughCursor: string | null = null) =>
      world.get(MarkNotificationsRead).execute({ actor: await actorOf(who), notificationIds, throughCursor }),

    /** Sends what is due; answers how many e-mails that was. */
    send: async (): Promise<number> => {
      const due = await world.get(WatchEmails).due(1_000);
      for (const notificationId of due) await world.get(SendEmail).execute({ notificationId });
      return due.length;
    },

    emailsOf: async (who: Someone): Promise<readonly Record<string, unknown>[]> => {
      const { rows } = await owner.query(
        `select n.kind, e.state, e.attempts, e.last_error, e.due_at from notifications.emails e
         join notifications.notifications n using (notification_id) where n.user_id = $1 order by n.notification_id`,
        [who.userId],
      );
      return rows;
    },

    count: async (actor: Actor, table: string): Promise<unknown> =>
      (await world.sql(actor, `select count(*)::integer as n from notifications.${table}`))[0]?.['n'],

    close: async (): Promise<void> => {
      await owner.end();
      await world.close();
      rmSync(dataDirectory, { recursive: true, force: true });
    },
  };
  await tests.settle();
  return tests;
}
export type NotificationsWorld = Awaited<ReturnType<typeof notificationsWorld>>;
