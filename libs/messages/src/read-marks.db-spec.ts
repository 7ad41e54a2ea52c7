import { Forbidden, NotFound } from '@evenhand/kernel';
import { Client } from 'pg';
import { messagesWorld } from '../../../test/support/messages-world';
import { somebodyWaits } from '../../../test/support/somebody-waits';
import { CountAllUnreadMessages } from './application/count-unread-messages';

let messages: Awaited<ReturnType<typeof messagesWorld>>;
let world: typeof messages.world;
let owner: typeof messages.owner;
let brand: typeof messages.brand;
let influencer: typeof messages.influencer;
let agency: typeof messages.agency;
let newDeal: typeof messages.newDeal;
let send: typeof messages.send;
let read: typeof messages.read;
let textsSeen: typeof messages.textsSeen;
let unread: typeof messages.unread;
let markRead: typeof messages.markRead;

beforeAll(async () => {
  messages = await messagesWorld();
  ({ world, owner, brand, influencer, agency, newDeal, send, read, textsSeen, unread, markRead } = messages);
}, 60_000);

afterAll(() => messages.close());

describe('a read mark', () => {
  it('counts what others wrote after it, and moves forward only', async () => {
    const dealId = await newDeal();
    const ids: string[] = [];
    for (const text of ['1', '2', '3']) ids.push((await send(brand, dealId, text)).message.id);
    const [first = '', second = ''] = ids;
    expect([await unread(brand, dealId), await unread(influencer, dealId)]).toEqual([0, 3]);
    expect(await markRead(influencer, dealId, second)).toBe(1);
    expect(await markRead(influencer, dealId, first)).toBe(1);
    await send(influencer, dealId, 'My own');
    expect([await unread(influencer, dealId), await unread(agency, dealId), await unread(brand, dealId)]).toEqual([
      1, 4, 1,
    ]);
    const unreadTexts = (await read(influencer, dealId)).rows.filter(({ node }) => node.message.unread);
    expect(unreadTexts.map(({ node }) => node.message.text)).toEqual(['3']);
  });

  it('is counted over all deals in one number, for each by themselves', async () => {
    const [someone, deals] = [await world.actor(influencer), [await newDeal(), await newDeal()]];
    const total = () => world.get(CountAllUnreadMessages).execute({ actor: someone });
    const before = await total();
    for (const dealId of deals) await send(brand, dealId, 'Hello');
    expect(await total()).toBe(before + 2);
    const { message } = await send(agency, deals[0] ?? '', 'Hello, too');
    await markRead(influencer, deals[0] ?? '', message.id);
    expect(await total()).toBe(before + 1);
    const rival = await world.actor(await world.signUpBrand('Rival'));
    expect(await world.get(CountAllUnreadMessages).execute({ actor: rival })).toBe(0);
  });

  it('stands at a message of the same deal that its owner sees', async () => {
    const [dealId, otherId] = [await newDeal(), await newDeal()];
    const { message } = await send(brand, otherId, 'Elsewhere');
    await expect(markRead(influencer, dealId, message.id)).rejects.toThrow(NotFound);
    await expect(markRead(await world.signUpBrand('Rival'), otherId, message.id)).rejects.toThrow(NotFound);
    await expect(markRead(await world.operator(), otherId, message.id)).rejects.toThrow(Forbidden);
  });

  it('never passes a message that becomes visible later: who writes second waits for the first', async () => {
    const dealId = await newDeal();
    await send(brand, dealId, 'Before');
    const slow = new Client({ connectionString: world.databaseUrl });
    await slow.connect();
    // Somebody has taken a number, and is long in committing.
    await slow.query('begin');
    await slow.query('select last_number from messages.conversations where deal_id = $1 for update', [dealId]);
    await slow.query(
      `insert into messages.messages select gen_random_uuid(), deal_id, brand_id, influencer_id, 2, author_id, party_id,
         'Slow', 'slow', written_at from messages.messages where deal_id = $1`,
      [dealId],
    );
    const quick = send(agency, dealId, 'Quick');
    await somebodyWaits(owner);
    expect(await textsSeen(influencer, dealId)).toEqual(['Before']);
    await slow.query('update messages.conversations set last_number = 2 where deal_id = $1', [dealId]);
    await slow.query('commit');
    await slow.end();
    expect((await quick).message.number).toBe(3);
    expect(await textsSeen(influencer, dealId)).toEqual(['Quick', 'Slow', 'Before']);
  });

  it('misses nothing while many write at once', async () => {
    const dealId = await newDeal();
    const writers = Array.from({ length: 24 }, (_, place) => send(place % 2 ? brand : agency, dealId, `No. ${place}`));
    let allDone = false;
    void Promise.allSettled(writers).then(() => (allDone = true));
    const seen = new Set<string>();
    /** Reads all that is unread, marks the newest of it, and looks once more after the last has written. */
    const readAlong = async (): Promise<void> => {
      const isLast = allDone;
      const fresh = (await read(influencer, dealId, 100)).rows.filter(({ node }) => node.message.unread);
      for (const { node } of fresh) seen.add(node.message.id);
      const [newest] = fresh;
      if (newest) await markRead(influencer, dealId, newest.node.message.id);
      if (!isLast) await readAlong();
    };
    const reader = readAlong();
    const sent = await Promise.all(writers);
    await reader;
    expect(seen.size).toBe(24);
    expect(sent.map(({ message }) => message.number).toSorted((one, other) => one - other)).toEqual(
      Array.from({ length: 24 }, (_, place) => place + 1),
    );
  });
});
