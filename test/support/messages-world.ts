import type { PersonActor } from '@evenhand/kernel';
import { CountUnreadMessages, ListMessages, MarkMessagesRead, MessagesModule, SendMessage } from '@evenhand/messages';
import { Client } from 'pg';
import { briefIn, everyKind, limitsIn, mixIn } from './deal-samples';
import { DealWorld, type Someone } from './deal-world';

/** Somebody signed up, or with rights of the test's own. */
export type Person = Someone | PersonActor;

/** A brand, an influencer and her agency in a world of deals, and what they do in the conversations of those. */
export async function messagesWorld() {
  const world = await DealWorld.open(undefined, [MessagesModule]);
  /** Sees all rows. */
  const owner = new Client({ connectionString: world.databaseUrl });
  await owner.connect();
  const brand = await world.signUpBrand();
  const influencer = await world.signUpInfluencer();
  const agency = await world.signUpAgency();
  const { mandateId } = await world.mandate(agency, influencer, everyKind({ of: 'gross', share: '0.1' }));
  const actorOf = (who: Person) => ('kind' in who ? who : world.actor(who));
  let keys = 0;

  const read = async (who: Person, dealId: string, first = 20, after: string | null = null) => {
    const actor = await actorOf(who);
    const [page] = await world.get(ListMessages).execute({ actor, dealIds: [dealId], page: { first, after } });
    if (!page) throw new Error('There is no page.');
    return page;
  };

  return {
    world,
    owner,
    brand,
    influencer,
    agency,
    mandateId,
    read,

    newDeal: async (): Promise<string> => {
      const campaignId = await world.publishCampaign(brand, briefIn('EUR'), limitsIn('EUR'));
      return world.accept(brand, await world.bid(campaignId, influencer, mixIn('EUR')));
    },

    send: async (who: Person, dealId: string, text: string, more: object = {}) => {
      const key = `key-${(keys += 1)}`;
      const command = { actor: await actorOf(who), dealId, partyId: null, text, idempotencyKey: key, ...more };
      return world.get(SendMessage).execute(command);
    },

    textsSeen: async (who: Person, dealId: string): Promise<readonly string[]> =>
      (await read(who, dealId)).rows.map(({ node }) => node.message.text),

    unread: async (who: Person, dealId: string): Promise<number | undefined> =>
      (await world.get(CountUnreadMessages).execute({ actor: await actorOf(who), dealIds: [dealId] }))[0],

    markRead: async (who: Person, dealId: string, throughMessageId: string): Promise<number> =>
      (await world.get(MarkMessagesRead).execute({ actor: await actorOf(who), dealId, throughMessageId })).unread,

    close: async (): Promise<void> => {
      await owner.end();
      await world.close();
    },
  };
}
