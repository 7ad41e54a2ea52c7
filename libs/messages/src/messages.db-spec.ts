import { ANONYMOUS, Forbidden, IdempotencyConflict, InvalidInput, NotFound, type PersonActor } from '@evenhand/kernel';
import { OpenDispute } from '@evenhand/deals';
import { PLATFORM_PARTY_ID } from '@evenhand/parties';
import { Client } from 'pg';
import { briefIn, everyKind, limitsIn, mixIn } from '../../../test/support/deal-samples';
import { DealWorld, type Someone } from '../../../test/support/deal-world';
import { somebodyWaits } from '../../../test/support/somebody-waits';
import { CountAllUnreadMessages, CountUnreadMessages } from './application/count-unread-messages';
import { ListMessages } from './application/list-messages';
import { MarkMessagesRead } from './application/mark-messages-read';
import { SendMessage } from './application/send-message';
import { DealNotDisputed } from './domain/errors';
import { MessagesModule } from './messages.module';

let world: DealWorld;
let owner: Client;
let brand: Someone;
let influencer: Someone;
let agency: Someone;
let mandateId: string;
let keys = 0;

beforeAll(async () => {
  world = await DealWorld.open(undefined, [MessagesModule]);
  owner = new Client({ connectionString: world.databaseUrl });
  await owner.connect();
  brand = await world.signUpBrand();
  influencer = await world.signUpInfluencer();
  agency = await world.signUpAgency();
  ({ mandateId } = await world.mandate(agency, influencer, everyKind({ of: 'gross', share: '0.1' })));
}, 60_000);

afterAll(async () => {
  await owner.end();
  await world.close();
});

async function newDeal(): Promise<string> {
  const campaignId = await world.publishCampaign(brand, briefIn('EUR'), limitsIn('EUR'));
  return world.accept(brand, await world.bid(campaignId, influencer, mixIn('EUR')));
}

async function send(who: Someone | PersonActor, dealId: string, text: string, more: object = {}) {
  const actor = 'kind' in who ? who : await world.actor(who);
  const command = { actor, dealId, partyId: null, text, idempotencyKey: `key-${(keys += 1)}`, ...more };
  return world.get(SendMessage).execute(command);
}

async function read(who: Someone | PersonActor, dealId: string, first = 20, after: string | null = null) {
  const actor = 'kind' in who ? who : await world.actor(who);
  const [page] = await world.get(ListMessages).execute({ actor, dealIds: [dealId], page: { first, after } });
  if (!page) throw new Error('There is no page.');
  return page;
}

async function textsSeen(who: Someone | PersonActor, dealId: string): Promise<readonly string[]> {
  return (await read(who, dealId)).rows.map(({ node }) => node.message.text);
}

async function unread(who: Someone | PersonActor, dealId: string): Promise<number | undefined> {
  const actor = 'kind' in who ? who : await world.actor(who);
  return (await world.get(CountUnreadMessages).execute({ actor, dealIds: [dealId] }))[0];
}

async function markRead(who: Someone, dealId: string, throughMessageId: string): Promise<number> {
  const actor = await world.actor(who);
  return (await world.get(MarkMessagesRead).execute({ actor, dealId, throughMessageId })).unread;
}

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
    const throughMessageId = message.id;
    expect(await world.get(MarkMessagesRead).execute({ actor: viewer, dealId, throughMessageId })).toEqual({
      dealId,
      unread: 0,
    });
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
    await world.get(OpenDispute).execute({ actor: await world.actor(brand), dealId, reason: 'Nothing came' });
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
    const actor = await world.operator();
    const command = { actor, dealId: otherId, throughMessageId: message.id };
    await expect(world.get(MarkMessagesRead).execute(command)).rejects.toThrow(Forbidden);
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
    const seen = new Set<string>();
    const reader = (async () => {
      while (seen.size < writers.length) {
        // All that is unread, and then the mark at the newest of it.
        const fresh = (await read(influencer, dealId, 100)).rows.filter(({ node }) => node.message.unread);
        for (const { node } of fresh) seen.add(node.message.id);
        const [newest] = fresh;
        if (newest) await markRead(influencer, dealId, newest.node.message.id);
        else if (await allCommitted(writers)) return;
      }
    })();
    const sent = await Promise.all(writers);
    await reader;
    expect(sent.map(({ message }) => message.number).toSorted((one, other) => one - other)).toEqual(
      Array.from({ length: 24 }, (_, place) => place + 1),
    );
    expect(seen.size).toBe(24);
  });
});

describe('row-level security', () => {
  it('shows a conversation to its people, and each read mark to its owner', async () => {
    const dealId = await newDeal();
    const { message } = await send(brand, dealId, 'Ours');
    await markRead(influencer, dealId, message.id);
    const counts = async (actor: Parameters<DealWorld['sql']>[0]) => {
      const seen = ['conversations', 'messages', 'read_marks'].map(async (table) => {
        const [row] = await world.sql(
          actor,
          `select count(*)::integer as n from messages.${table} where deal_id = $1`,
          [dealId],
        );
        return row?.['n'];
      });
      return Promise.all(seen);
    };
    expect(await counts(await world.actor(influencer))).toEqual([1, 1, 1]);
    for (const someone of [await world.actor(brand), await world.actor(agency), await world.operator()]) {
      expect(await counts(someone)).toEqual([1, 1, 0]);
    }
    const finance = { ...(await world.operator()), staffRoles: ['finance_approver'] as const };
    for (const someone of [await world.actor(await world.signUpBrand('Rival')), finance, ANONYMOUS]) {
      expect(await counts(someone)).toEqual([0, 0, 0]);
    }
  });

  it('lets nobody change or delete a message, nor write in the name of another', async () => {
    const dealId = await newDeal();
    await send(brand, dealId, 'As it was');
    const actor = await world.actor(brand);
    for (const statement of [`update messages.messages set text = 'x'`, 'delete from messages.messages']) {
      await expect(world.sql(actor, statement)).rejects.toThrow(/permission denied/);
    }
    const forge = `insert into messages.messages select gen_random_uuid(), deal_id, brand_id, influencer_id, 2, $2, $3, 'x',
      'x', written_at from messages.messages where deal_id = $1`;
    for (const [author, party] of [
      [influencer.userId, brand.partyId],
      [brand.userId, influencer.partyId],
      [brand.userId, PLATFORM_PARTY_ID],
    ]) {
      await expect(world.sql(actor, forge, [dealId, author, party])).rejects.toThrow(/row-level security/);
    }
  });

  it('lets nobody keep a read mark for another, nor in a conversation that is not theirs', async () => {
    const dealId = await newDeal();
    await send(brand, dealId, 'Ours');
    const forge = 'insert into messages.read_marks values ($1, $2, 1)';
    const rival = await world.actor(await world.signUpBrand('Rival'));
    for (const userId of [rival.userId, influencer.userId]) {
      await expect(world.sql(rival, forge, [dealId, userId])).rejects.toThrow(/row-level security/);
    }
    const actor = await world.actor(brand);
    await expect(world.sql(actor, forge, [dealId, influencer.userId])).rejects.toThrow(/row-level security/);
  });

  /** Last, for the mandate is gone then. */
  it('takes the conversation from an agency with its mandate, and keeps what it wrote', async () => {
    const dealId = await newDeal();
    await send(agency, dealId, 'Still here');
    await world.endMandate(agency, mandateId);
    expect(await textsSeen(agency, dealId)).toEqual([]);
    await expect(send(agency, dealId, 'x')).rejects.toThrow(NotFound);
    expect((await read(brand, dealId)).rows[0]?.node.party.name).toBe('Sakura Talent');
  });
});

async function allCommitted(writers: readonly Promise<unknown>[]): Promise<boolean> {
  const pending = Symbol('pending');
  return (await Promise.race([Promise.all(writers), Promise.resolve(pending)])) !== pending;
}
