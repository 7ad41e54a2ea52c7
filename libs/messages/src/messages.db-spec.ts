import { OpenDispute } from '@evenhand/deals';
import { Forbidden, IdempotencyConflict, InvalidInput, NotFound } from '@evenhand/kernel';
import { PLATFORM_PARTY_ID } from '@evenhand/parties';
import { DISPUTE_OVER_DEAL } from '../../../test/support/deal-samples';
import { messagesWorld } from '../../../test/support/messages-world';
import { DealNotDisputed } from './domain/errors';

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

describe('a conversation', () => {
  it('shows all of its people who wrote what, and for whom, newest first', async () => {
    const dealId = await newDeal();
    await send(brand, dealId, 'Could the bag be in the first picture?');
    await send(influencer, dealId, 'Of course.');
    await send(agency, dealId, '承知しました。');
    for (const someone of [brand, influencer, agency, await world.operator()]) {
      const { rows, totalCount, hasNextPage } = await read(someone, dealId);
      expect({ totalCount, hasNextPage }).toEqual({ totalCount: 3, hasNextPage: false });
      const shown = rows.map(({ node }) => [node.message.number, node.authorName, node.party.name, node.message.text]);
      expect(shown).toEqual([
        [3, 'Person 3', 'Sakura Talent', '承知しました。'],
        [2, 'Yuki Tanaka', 'Yuki Tanaka', 'Of course.'],
        [1, 'Person 1', 'Maison Aurore', 'Could the bag be in the first picture?'],
      ]);
      expect(rows.map(({ node }) => node.message.writtenAt)).toEqual(Array(3).fill(world.clock.now()));
    }
    expect((await read(influencer, dealId)).rows.map(({ node }) => node.own)).toEqual([false, true, false]);
  });

  it('is read page by page, with the count of all on each', async () => {
    const dealId = await newDeal();
    for (let place = 1; place <= 5; place += 1) await send(brand, dealId, `No. ${place}`);
    const pages: (readonly string[])[] = [];
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof read>> = await read(influencer, dealId, 2, after);
      expect(page.totalCount).toBe(5);
      pages.push(page.rows.map(({ node }) => node.message.text));
      after = page.hasNextPage ? (page.rows.at(-1)?.cursor ?? null) : null;
    } while (after !== null);
    expect(pages).toEqual([['No. 5', 'No. 4'], ['No. 3', 'No. 2'], ['No. 1']]);
    const last = (await read(influencer, dealId)).rows.at(-1)?.cursor ?? null;
    expect(await read(influencer, dealId, 2, last)).toEqual({ rows: [], totalCount: 5, hasNextPage: false });
    for (const cursor of ['x', Buffer.from('["1.5"]').toString('base64url')]) {
      await expect(read(influencer, dealId, 2, cursor)).rejects.toThrow(InvalidInput);
    }
  });

  it('is announced without what was said', async () => {
    const dealId = await newDeal();
    const { message } = await send(brand, dealId, 'Between us');
    const { rows } = await owner.query(
      `select payload from platform.outbox where type = 'messages.message_sent' and subject_id = $1`,
      [dealId],
    );
    expect(rows).toEqual([
      {
        payload: {
          dealId,
          messageId: message.id,
          number: 1,
          authorId: brand.userId,
          partyId: brand.partyId,
          brandId: brand.partyId,
          influencerId: influencer.partyId,
          occurredAt: world.clock.now().toISOString(),
        },
      },
    ]);
  });
});

describe('writing', () => {
  it('is for those who may act in the deal, and nobody else', async () => {
    const dealId = await newDeal();
    const manager = await world.actor(brand);
    const viewer = { ...manager, memberships: manager.memberships.map((one) => ({ ...one, role: 'viewer' as const })) };
    await expect(send(viewer, dealId, 'x')).rejects.toThrow(Forbidden);
    const rivals = [await world.signUpBrand('Rival'), await world.signUpInfluencer('Rival')];
    for (const rival of [...rivals, await world.signUpAgency('Rival')]) {
      await expect(send(rival, dealId, 'x')).rejects.toThrow(NotFound);
    }
    const finance = { ...(await world.operator()), staffRoles: ['finance_approver'] as const };
    await expect(send(finance, dealId, 'x')).rejects.toThrow(Forbidden);
    await expect(send(brand, dealId, 'x', { partyId: influencer.partyId })).rejects.toThrow(NotFound);
    await expect(send(brand, dealId, ' ')).rejects.toThrow(InvalidInput);
    expect(await textsSeen(brand, dealId)).toEqual([]);
    const { message } = await send(brand, dealId, 'Hello');
    expect(await textsSeen(viewer, dealId)).toEqual(['Hello']);
    expect(await textsSeen(finance, dealId)).toEqual([]);
    expect(await markRead(viewer, dealId, message.id)).toBe(0);
  });

  it('says for whom where somebody may write for several', async () => {
    const dealId = await newDeal();
    const [actor, manager] = [await world.actor(influencer), await world.actor(brand)];
    const both = { ...actor, memberships: manager.memberships };
    await expect(send(both, dealId, 'x')).rejects.toThrow('Say for which of your parties you write.');
    expect((await send(both, dealId, 'x', { partyId: brand.partyId })).party.name).toBe('Maison Aurore');
  });

  it('is for operators while they have a dispute to decide', async () => {
    const dealId = await newDeal();
    const operator = await world.operator();
    await expect(send(operator, dealId, 'x')).rejects.toThrow(DealNotDisputed);
    await world.credit(brand, 'EUR', 1_000_000n);
    await world.fund(brand, dealId);
    await world.get(OpenDispute).execute({ actor: await world.actor(brand), dealId, ...DISPUTE_OVER_DEAL });
    expect((await send(operator, dealId, 'What was agreed on?')).message.partyId).toBe(PLATFORM_PARTY_ID);
    expect(await unread(influencer, dealId)).toBe(1);
    expect(await unread(operator, dealId)).toBe(0);
  });

  it('has one message under a key, however often and from however many at once', async () => {
    const dealId = await newDeal();
    const again = { idempotencyKey: 'the same' };
    const sent = await Promise.all(Array.from({ length: 8 }, () => send(brand, dealId, 'Once', again)));
    expect(new Set(sent.map(({ message }) => message.id)).size).toBe(1);
    await expect(send(brand, dealId, 'Twice', again)).rejects.toThrow(IdempotencyConflict);
    expect((await send(influencer, dealId, 'Her own key', again)).message.number).toBe(2);
    expect(await textsSeen(brand, dealId)).toEqual(['Her own key', 'Once']);
  });
});
