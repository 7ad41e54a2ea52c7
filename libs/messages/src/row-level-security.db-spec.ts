import { type Actor, ANONYMOUS, NotFound } from '@evenhand/kernel';
import { PLATFORM_PARTY_ID } from '@evenhand/parties';
import { messagesWorld } from '../../../test/support/messages-world';

let messages: Awaited<ReturnType<typeof messagesWorld>>;
let world: typeof messages.world;
let brand: typeof messages.brand;
let influencer: typeof messages.influencer;
let agency: typeof messages.agency;
let newDeal: typeof messages.newDeal;
let send: typeof messages.send;
let read: typeof messages.read;
let textsSeen: typeof messages.textsSeen;
let markRead: typeof messages.markRead;

beforeAll(async () => {
  messages = await messagesWorld();
  ({ world, brand, influencer, agency, newDeal, send, read, textsSeen, markRead } = messages);
}, 60_000);

afterAll(() => messages.close());

describe('row-level security', () => {
  it('shows a conversation to its people, and each read mark to its owner', async () => {
    const dealId = await newDeal();
    const { message } = await send(brand, dealId, 'Ours');
    await markRead(influencer, dealId, message.id);
    const counts = async (actor: Actor) => {
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
    await world.endMandate(agency, messages.mandateId);
    expect(await textsSeen(agency, dealId)).toEqual([]);
    await expect(send(agency, dealId, 'x')).rejects.toThrow(NotFound);
    expect((await read(brand, dealId)).rows[0]?.node.party.name).toBe('Sakura Talent');
  });
});
