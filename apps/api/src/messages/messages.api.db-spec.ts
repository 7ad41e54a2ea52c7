import { Client } from 'pg';
import { briefIn, limitsIn, mixIn } from '../../../../test/support/deal-samples';
import { DealWorld, type SignedUpSomeone, StandingClock } from '../../../../test/support/deal-world';
import { type ApiAnswer, ApiInTest } from '../../../../test/support/api/api-in-test';
import { toGlobalId } from '../graphql';

const SEND = `mutation ($input: SendMessageInput!) { sendMessage(input: $input) { __typename
  ... on Message { id dealId authorName own unread text party { name } } ... on BusinessError { code } } }`;
const MARK = `mutation ($input: MarkMessagesReadInput!) { markMessagesRead(input: $input) { dealId unreadMessages } }`;
const CONVERSATION = `query ($id: ID!, $first: Int! = 20, $after: String) { deal(id: $id) { unreadMessages
  messages(first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor }
    edges { node { text own unread authorName party { name kind } } } } } }`;
const LIST = `{ deals { edges { node { id unreadMessages messages(first: 2) { totalCount
  edges { node { text authorName party { name } } } } } } } }`;

describe('messages over GraphQL', () => {
  let world: DealWorld;
  let api: ApiInTest;
  let brand: SignedUpSomeone;
  let influencer: SignedUpSomeone;
  let dealId: string;
  let keys = 0;

  beforeAll(async () => {
    world = await DealWorld.open(new StandingClock(new Date()));
    api = await ApiInTest.open({ databaseUrl: world.databaseUrl });
    brand = await world.signUpBrand();
    influencer = await world.signUpInfluencer();
    dealId = await newDeal();
  }, 60_000);

  afterAll(async () => {
    await api.close();
    await world.close();
  });

  async function newDeal(): Promise<string> {
    const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
    const base = briefIn('EUR');
    const dueOn = inDays(60).toISOString().slice(0, 10);
    const deliverables = base.deliverables.map((one) => ({ ...one, dueOn }));
    const brief = { ...base, bidDeadline: inDays(20), deliverables };
    const campaignId = await world.publishCampaign(brand, brief, limitsIn('EUR'));
    return toGlobalId('deal', await world.accept(brand, await world.bid(campaignId, influencer, mixIn('EUR'))));
  }

  const send = (who: SignedUpSomeone, text: string, more: object = {}) =>
    api.ask(who, SEND, { input: { dealId, text, idempotencyKey: `key-${(keys += 1)}`, ...more } });
  const messagesIn = (data: ApiAnswer['data']) => data?.['deal'].messages ?? {};
  const codeOf = ({ errors }: ApiAnswer) => errors?.[0]?.extensions['code'];

  it('are sent, listed page by page and marked as read', async () => {
    const first = await send(brand, 'Hello 小红书', { idempotencyKey: 'hello' });
    expect(first.data?.['sendMessage']).toMatchObject({
      __typename: 'Message',
      dealId,
      own: true,
      unread: false,
      text: 'Hello 小红书',
      party: { name: 'Maison Aurore' },
    });
    expect((await send(brand, 'Hello 小红书', { idempotencyKey: 'hello' })).data).toEqual(first.data);
    const other = await send(brand, 'Something else', { idempotencyKey: 'hello' });
    expect(other.data?.['sendMessage']).toEqual({ __typename: 'IdempotencyConflict', code: 'IDEMPOTENCY_CONFLICT' });
    await send(brand, 'When do you post?');

    const { data } = await api.ask(influencer, CONVERSATION, { id: dealId, first: 1 });
    expect(data?.['deal']).toMatchObject({ unreadMessages: 2, messages: { totalCount: 2 } });
    const { edges, pageInfo } = messagesIn(data);
    expect(edges).toMatchObject([{ node: { text: 'When do you post?', own: false, unread: true } }]);
    expect(pageInfo.hasNextPage).toBe(true);
    const after = { id: dealId, after: pageInfo.endCursor };
    const next = messagesIn((await api.ask(influencer, CONVERSATION, after)).data);
    expect(next).toMatchObject({ edges: [{ node: { text: 'Hello 小红书' } }], pageInfo: { hasNextPage: false } });

    expect((await api.ask(influencer, '{ unreadMessages }')).data).toEqual({ unreadMessages: 2 });
    const input = { dealId, throughMessageId: first.data?.['sendMessage'].id };
    const marked = await api.ask(influencer, MARK, { input });
    expect(marked.data?.['markMessagesRead']).toEqual({ dealId, unreadMessages: 1 });
    expect((await api.ask(influencer, '{ unreadMessages }')).data).toEqual({ unreadMessages: 1 });
  });

  it('are a stranger’s neither to read nor to write nor to mark', async () => {
    const { data } = await send(influencer, 'Ours');
    const throughMessageId = data?.['sendMessage'].id;
    for (const rival of [await world.signUpBrand('Rival'), await world.signUpInfluencer('Rival')]) {
      expect(codeOf(await api.ask(rival, CONVERSATION, { id: dealId }))).toBe('NOT_FOUND');
      expect(codeOf(await send(rival, 'x'))).toBe('NOT_FOUND');
      expect(codeOf(await api.ask(rival, MARK, { input: { dealId, throughMessageId } }))).toBe('NOT_FOUND');
    }
    const never = toGlobalId('message', brand.partyId);
    const unknown = await api.ask(brand, MARK, { input: { dealId, throughMessageId: never } });
    expect(codeOf(unknown)).toBe('NOT_FOUND');
  });

  it('are refused empty, too long, and for a page that is none', async () => {
    for (const text of ['', ' \n ', 'x'.repeat(4_001), 'a\u0000b']) {
      expect(['BAD_USER_INPUT', 'INVALID_INPUT']).toContain(codeOf(await send(brand, text)));
    }
    expect((await send(brand, '👜'.repeat(4_000))).data?.['sendMessage'].__typename).toBe('Message');
    for (const page of [{ first: 0 }, { first: 101 }, { after: 'x' }]) {
      const answer = await api.ask(brand, CONVERSATION, { id: dealId, ...page });
      expect(['BAD_USER_INPUT', 'INVALID_INPUT']).toContain(codeOf(answer));
    }
  });

  it('of a list of deals take as many statements as those of one', async () => {
    const statements = async () => {
      const query = jest.spyOn(Client.prototype, 'query');
      const { data, errors } = await api.ask(brand, LIST);
      const { length } = query.mock.calls;
      query.mockRestore();
      expect(errors).toBeUndefined();
      return { length, edges: data?.['deals'].edges };
    };
    await statements();
    const one = await statements();
    expect(one.edges).toHaveLength(1);
    for (let place = 0; place < 4; place += 1) {
      const more = await newDeal();
      await send(influencer, `Of deal ${place}`, { dealId: more });
      await send(brand, 'Thank you', { dealId: more });
    }
    const five = await statements();
    expect(five.edges).toHaveLength(5);
    expect(five.edges[0].node).toMatchObject({ unreadMessages: 1, messages: { totalCount: 2 } });
    expect(five.length).toBe(one.length);
    expect(one.length).toBeGreaterThan(5);
  });
});
