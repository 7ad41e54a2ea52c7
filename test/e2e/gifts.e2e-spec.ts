import { MarkGiftsOverdue } from '@evenhand/deals';
import { Client } from 'pg';
import { toGlobalId } from '../../apps/api/src/graphql/types/global-id';
import { everyKind } from '../support/deal-samples';
import { DealWorld, type SignedUpSomeone, StandingClock } from '../support/deal-world';
import { GiftSteps, HOME, SECRET_PLACE } from '../support/gift-steps';
import { type GraphqlAnswer, GraphqlClient } from '../support/graphql-client';
import { type RunningProduct, startProduct } from '../support/running-product';

const DAY_MS = 86_400_000;
const GIFT_SEEN = `gift { state postingDueAt extendedAt overdueAt appealUntil
  items { name fairMarketValue { amount } } fairMarketValue { amount } declaredValue { amount }
  request { addressLabel addressCountry choices { itemNumber choice } }
  appeal { reason decision decidedBy } giftReturn { state reason carrier }
  corrections { number itemNumber from { amount } to { amount } proposedBy state }
  history { event previousState state note } }`;
const DEAL = `query ($id: ID!) { deal(id: $id) { ${GIFT_SEEN} } }`;
const ADDRESS =
  'query ($id: ID!) { giftAddress(dealId: $id) { recipient lines city region postalCode country phone } }';
const LABELS = 'query ($id: ID!) { deliveryAddresses(influencerId: $id) { id label country } }';
const WHOLE = 'query ($id: ID!) { deliveryAddresses(influencerId: $id) { id label postal { recipient lines } } }';
const RATE = 'query ($id: ID!) { influencer(id: $id) { fulfilment { cameDue inTime rate } } }';
const BOOKS = 'query ($id: ID!) { trialBalance(brandId: $id) { lines { kind balance { amount } } } }';

/** A client that keeps every answer, refusals too. */
class RecordingClient extends GraphqlClient {
  readonly heard: string[] = [];

  override async send(query: string, variables: Record<string, unknown> = {}): Promise<GraphqlAnswer> {
    const answer = await super.send(query, variables);
    this.heard.push(JSON.stringify(answer));
    return answer;
  }
}

let world: DealWorld;
let product: RunningProduct;
let asBrand: GraphqlClient;
let asInfluencer: GraphqlClient;
let asAgency: RecordingClient;
let asRival: GraphqlClient;
let brandId: string;
let influencerId: string;
let dealId: string;
let addressId: string;

beforeAll(async () => {
  world = await DealWorld.open(new StandingClock(new Date()));
  const brand = await world.signUpBrand();
  const influencer = await world.signUpInfluencer();
  const agency = await world.signUpAgency();
  const rival = await world.signUpBrand('Rival');
  await world.mandate(agency, influencer, everyKind({ of: 'gross', share: '0.1' }));
  await world.credit(brand, 'EUR', 100_000_000n);
  dealId = toGlobalId('deal', await new GiftSteps(world, brand, influencer).deal());
  brandId = toGlobalId('party', brand.partyId);
  influencerId = toGlobalId('party', influencer.partyId);
  product = await startProduct({ databaseUrl: world.databaseUrl, withWorker: false });
  const cookie = ({ token }: SignedUpSomeone) => `evenhand_session=${token}`;
  const browserOf = (someone: SignedUpSomeone) => new GraphqlClient(product.url, null, cookie(someone));
  [asBrand, asInfluencer, asRival] = [browserOf(brand), browserOf(influencer), browserOf(rival)];
  asAgency = new RecordingClient(product.url, null, cookie(agency));
}, 120_000);

afterAll(async () => {
  await product?.stop();
  await world?.close();
});

const step = async (client: GraphqlClient, name: string, input: Record<string, unknown> = {}) =>
  client.mutate(name, 'Deal', { dealId, ...input }, GIFT_SEEN);
const addressFor = async (client: GraphqlClient) => (await client.ask(ADDRESS, { id: dealId }))['giftAddress'];
const giftFor = async (client: GraphqlClient) => (await client.ask(DEAL, { id: dealId }))['deal'].gift;
/** What stands in the in-kind accounts of the brand's book, as it reads it. */
async function inKind(): Promise<string> {
  const { lines } = (await asBrand.ask(BOOKS, { id: brandId }))['trialBalance'];
  return lines.find(({ kind }: { kind: string }) => kind === 'GIFT_RECEIVED')?.balance.amount ?? 'none';
}
const codeOf = ({ errors }: GraphqlAnswer) => errors[0]?.extensions.code ?? 'none';

describe('a gift over HTTP', () => {
  it('is sent to an address that she writes down, which her agency knows by its label', async () => {
    const { label, postal } = HOME;
    const added = await asInfluencer.succeed('addDeliveryAddress', 'DeliveryAddress', { label, ...postal }, 'id label');
    addressId = added.id;
    const { deliveryAddresses } = await asInfluencer.ask(WHOLE, { id: influencerId });
    expect(deliveryAddresses).toEqual([
      { id: addressId, label, postal: { recipient: postal.recipient, lines: postal.lines } },
    ]);
    const labels = await asAgency.ask(LABELS, { id: influencerId });
    expect(labels['deliveryAddresses']).toEqual([{ id: addressId, label, country: 'JP' }]);
    expect(codeOf(await asAgency.send(WHOLE, { id: influencerId }))).toBe('FORBIDDEN');
    expect(codeOf(await asRival.send(LABELS, { id: influencerId }))).toBe('FORBIDDEN');
  });

  it('is ordered by the agency; from then on the brand, and nobody else, reads where to', async () => {
    expect(await addressFor(asBrand)).toBeNull();
    const choices = [{ itemNumber: 1, choice: 'Red, small' }];
    const wrong = await step(asAgency, 'requestGift', { addressId, choices: [{ itemNumber: 3, choice: 'x' }] });
    expect(wrong).toMatchObject({ __typename: 'UnknownGiftItem', code: 'UNKNOWN_GIFT_ITEM' });
    const requested = await step(asAgency, 'requestGift', { addressId, choices });
    expect(requested.gift).toMatchObject({
      state: 'REQUESTED',
      request: { addressLabel: 'Home', addressCountry: 'JP', choices },
    });
    expect(await addressFor(asBrand)).toEqual(HOME.postal);
    expect(codeOf(await asAgency.send(ADDRESS, { id: dealId }))).toBe('FORBIDDEN');
    expect(codeOf(await asInfluencer.send(ADDRESS, { id: dealId }))).toBe('FORBIDDEN');
    expect(codeOf(await asRival.send(ADDRESS, { id: dealId }))).toBe('NOT_FOUND');
  });

  it('is lost once, sent again, and there: then the brand reads no address any more', async () => {
    await step(asBrand, 'shipGift', { carrier: 'SF Express', trackingNumber: 'SF1' });
    expect(await step(asAgency, 'reportGiftLost', { note: 'Nothing came' })).toMatchObject({ gift: { state: 'LOST' } });
    expect(await step(asBrand, 'requestGift', { addressId }).catch(String)).toContain('FORBIDDEN');
    await step(asBrand, 'shipGift', { carrier: 'SF Express', trackingNumber: 'SF2' });
    expect(await addressFor(asBrand)).toEqual(HOME.postal);
    const received = await step(asAgency, 'receiveGift', { note: 'One strap is scratched' });
    expect(received.gift.state).toBe('RECEIVED');
    expect(await inKind()).toBe('390.00');
    expect(await addressFor(asBrand)).toBeNull();
    expect(await step(asInfluencer, 'receiveGift')).toMatchObject({ code: 'INVALID_TRANSITION' });
  });

  it('is worth what both sides say: the brand proposes, she consents, her agency cannot', async () => {
    const fairMarketValue = { amount: '25.00', currency: 'EUR' };
    const proposal = { itemNumber: 2, fairMarketValue, reason: 'Sold at 25' };
    const proposed = await step(asBrand, 'proposeGiftCorrection', proposal);
    expect(proposed.gift).toMatchObject({
      fairMarketValue: { amount: '390.00' },
      corrections: [{ state: 'PROPOSED' }],
    });
    const answer = { number: 1, accept: true };
    await expect(step(asAgency, 'answerGiftCorrection', answer)).rejects.toThrow('FORBIDDEN');
    expect(await step(asBrand, 'answerGiftCorrection', answer)).toMatchObject({ code: 'CORRECTION_NOT_YOURS' });
    const [first, second] = await Promise.all([
      step(asInfluencer, 'answerGiftCorrection', answer),
      step(asInfluencer, 'answerGiftCorrection', answer),
    ]);
    expect([first.__typename, second.__typename].sort()).toEqual(['Deal', 'NoOpenCorrection']);
    expect(await inKind()).toBe('375.00');
    expect(await giftFor(asAgency)).toMatchObject({
      fairMarketValue: { amount: '375.00' },
      declaredValue: { amount: '390.00' },
      corrections: [
        { number: 1, itemNumber: 2, from: { amount: '30.00' }, to: { amount: '25.00' }, state: 'ACCEPTED' },
      ],
    });
  });

  it('brings a duty that is extended once, falls overdue, and is appealed', async () => {
    const { postingDueAt } = await giftFor(asBrand);
    const extended = await step(asAgency, 'extendPostingDuty');
    expect(Date.parse(extended.gift.postingDueAt) - Date.parse(postingDueAt)).toBe(7 * DAY_MS);
    expect(await step(asInfluencer, 'extendPostingDuty')).toMatchObject({ code: 'EXTENSION_ALREADY_USED' });
    expect(await step(asInfluencer, 'appealOverdueGift', { reason: 'x' })).toMatchObject({
      code: 'INVALID_TRANSITION',
    });
    expect((await asRival.ask(RATE, { id: influencerId }))['influencer'].fulfilment).toEqual({
      cameDue: 0,
      inTime: 0,
      rate: null,
    });
    const overdueFrom = new Date(Date.parse(extended.gift.postingDueAt));
    await world.get(MarkGiftsOverdue).execute({ now: overdueFrom, limit: 10 });
    expect(await giftFor(asInfluencer)).toMatchObject({ state: 'OVERDUE', overdueAt: overdueFrom.toISOString() });
    expect((await asRival.ask(RATE, { id: influencerId }))['influencer'].fulfilment).toEqual({
      cameDue: 1,
      inTime: 0,
      rate: '0',
    });
    const appealed = await step(asAgency, 'appealOverdueGift', { reason: 'She was ill' });
    expect(appealed.gift.appeal).toEqual({ reason: 'She was ill', decision: null, decidedBy: null });
    const late = { decision: 'RENEWED', newDueAt: new Date(Date.now() + 91 * DAY_MS).toISOString() };
    expect(await step(asBrand, 'decideGiftAppeal', late)).toMatchObject({ code: 'INVALID_POSTING_DUE_DATE' });
    const waived = await step(asBrand, 'decideGiftAppeal', { decision: 'WAIVED', note: 'Get well' });
    expect(waived.gift).toMatchObject({ state: 'WAIVED', appeal: { decision: 'WAIVED', decidedBy: 'BRAND' } });
    expect((await asRival.ask(RATE, { id: influencerId }))['influencer'].fulfilment.rate).toBeNull();
  });

  it('goes back, and its value with it', async () => {
    await step(asInfluencer, 'proposeGiftReturn', { reason: 'Not needed any more' });
    const parcel = { carrier: 'Yamato', trackingNumber: 'Y1' };
    expect(await step(asInfluencer, 'sendGiftBack', parcel)).toMatchObject({ code: 'NO_OPEN_RETURN' });
    await step(asBrand, 'answerGiftReturn', { accept: true });
    expect((await step(asAgency, 'sendGiftBack', parcel)).gift).toMatchObject({
      state: 'RETURNING',
      giftReturn: { state: 'SHIPPED', carrier: 'Yamato' },
    });
    const returned = await step(asBrand, 'returnGift');
    expect(returned.gift.state).toBe('RETURNED');
    expect(await inKind()).toBe('0.00');
    expect(returned.gift.history.map(({ event }: { event: string }) => event)).toEqual([
      'GIFT_REQUESTED',
      'GIFT_SHIPPED',
      'GIFT_LOST',
      'GIFT_SHIPPED',
      'GIFT_RECEIVED',
      'GIFT_CORRECTION_PROPOSED',
      'GIFT_CORRECTION_ANSWERED',
      'GIFT_DUTY_EXTENDED',
      'GIFT_OVERDUE',
      'GIFT_APPEALED',
      'GIFT_APPEAL_DECIDED',
      'GIFT_RETURN_OFFERED',
      'GIFT_RETURN_ANSWERED',
      'GIFT_SENT_BACK',
      'GIFT_RETURNED',
    ]);
  });
});

describe('where she lives', () => {
  it('was in no answer that the agency got, refusals among them', () => {
    expect(asAgency.heard.length).toBeGreaterThan(10);
    for (const secret of SECRET_PLACE) expect(asAgency.heard.filter((text) => text.includes(secret))).toEqual([]);
  });

  it('is in no table, and so in no event or webhook', async () => {
    const owner = new Client({ connectionString: world.databaseUrl });
    await owner.connect();
    const { rows: tables } = await owner.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
       where schemaname not in ('pg_catalog', 'information_schema')`,
    );
    for (const { name } of tables) {
      const { rows } = await owner.query<{ text: string }>(`select t::text as text from ${name} t`);
      for (const secret of SECRET_PLACE)
        expect([name, rows.filter(({ text }) => text.includes(secret))]).toEqual([name, []]);
    }
    await owner.end();
  });
});
