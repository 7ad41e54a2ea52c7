import { uuidv7 } from 'uuidv7';
import { fromGlobalId, toGlobalId, toLedgerId } from '../../../apps/api/src/graphql/types/global-id';
import { PEOPLE } from '../../../apps/cli/src/demo/demo-logins';
import type { AccessWorld } from './access-world';
import { generatedInput } from './generated-input';
import type { GraphQLSchema } from 'graphql';

/** The kinds of ids that arguments take, each with ids as on the wire. */
export interface Objects {
  readonly party: readonly string[];
  readonly brand: readonly string[];
  readonly influencer: readonly string[];
  readonly agency: readonly string[];
  readonly user: readonly string[];
  readonly campaign: readonly string[];
  readonly savedSearch: readonly string[];
  readonly bid: readonly string[];
  readonly deal: readonly string[];
  readonly deliverable: readonly string[];
  readonly dispute: readonly string[];
  readonly file: readonly string[];
  readonly comment: readonly string[];
  readonly sale: readonly string[];
  readonly source: readonly string[];
  readonly delivery: readonly string[];
  readonly endpoint: readonly string[];
  readonly message: readonly string[];
  readonly dealMessage: readonly string[];
  readonly notification: readonly string[];
  readonly problem: readonly string[];
  readonly import: readonly string[];
  readonly riskHold: readonly string[];
  readonly mandate: readonly string[];
  readonly channel: readonly string[];
  readonly invitation: readonly string[];
  readonly apiKey: readonly string[];
  readonly payoutAccount: readonly string[];
  readonly address: readonly string[];
  readonly batch: readonly string[];
  readonly payoutItem: readonly string[];
  readonly book: readonly string[];
  readonly account: readonly string[];
  readonly transaction: readonly string[];
  readonly earning: readonly string[];
  readonly share: readonly string[];
  /** Of every kind that has a log of what was done to it. */
  readonly audited: readonly string[];
}
export type ObjectKind = keyof Objects;

interface Cast {
  readonly lumette: string;
  readonly mika: string;
  readonly hanabira: string;
  readonly bookId: number;
}

const ONE_OF_EACH = `
  select
    (select party_id from parties.members m join identity.users u on u.id = m.user_id where u.email = $1) as lumette,
    (select party_id from parties.influencers i join identity.users u on u.id = i.user_id where u.email = $2) as mika,
    (select party_id from parties.members m join identity.users u on u.id = m.user_id where u.email = $3) as hanabira`;

const FAILED_WEBHOOK = `
  insert into sales.deliveries (brand_id, delivery_id, source_id, message_id, sealed_body, body_sha256, received_at, state, due_at,
                                reason_code, reason, decided_at)
  select brand_id, gen_random_uuid(), source_id, 'msg_1', 'x', sha256('x'), now(), 'failed', now(), 'UNREADABLE_WEBHOOK', 'No.', now()
  from sales.sources where source_id = $1 returning delivery_id as id`;

const ENDPOINT = `
  insert into webhooks.endpoints (endpoint_id, party_id, url, description, event_types, state_since, created_at)
  values (gen_random_uuid(), $1, 'https://hooks.lumette.example/', '', '{*}', now(), now()) returning endpoint_id as id`;
const FAILED_MESSAGE = `
  insert into webhooks.messages (message_id, endpoint_id, party_id, place, type, body, state, due_at, reason, created_at, decided_at)
  select gen_random_uuid(), endpoint_id, party_id, 0, 'webhook.test', '{}', 'failed', now(), 'exhausted', now(), now()
  from webhooks.endpoints where party_id = $1 returning message_id as id`;

const DEAL_MESSAGE = `
  with begun as (
    insert into messages.conversations (deal_id, brand_id, influencer_id, last_number)
    select id, brand_id, influencer_id, 1 from deals.deals where brand_id = $1 and influencer_id = $2
    returning deal_id, brand_id, influencer_id)
  insert into messages.messages (message_id, deal_id, brand_id, influencer_id, number, author_id, party_id, text,
                                 idempotency_key, written_at)
  select gen_random_uuid(), deal_id, brand_id, begun.influencer_id, 1, i.user_id, i.party_id, 'Secret message.', 'secret', now()
  from begun join parties.influencers i on i.party_id = begun.influencer_id returning message_id as id`;

/** Of whoever belongs to one of the parties. */
const SAVED_SEARCHES = `
  with people as (
    select user_id, party_id from parties.members where removed_at is null and role = 'owner'
    union all select user_id, party_id from parties.influencers)
  insert into discovery.saved_searches (id, user_id, party_id, kind, name, filter, notify, created_at, changed_at)
  select gen_random_uuid(), user_id, party_id, 'campaigns', 'Secret search', '{}', true, now(), now()
  from people where party_id = any ($1) returning id`;

const FILE = `
  insert into deals.files (id, deal_id, brand_id, influencer_id, uploaded_by, begun_at, stored_at, name, type, size_bytes,
                           sha256, deliverable_id, version_number, position)
  select gen_random_uuid(), v.deal_id, v.brand_id, v.influencer_id, i.user_id, now(), now(), 'secret-file.png', 'image/png',
         1, sha256('x'), v.deliverable_id, v.number, 1
  from deals.deliverable_versions v join parties.influencers i on i.party_id = v.influencer_id
  where v.brand_id = $1 and v.influencer_id = $2 order by v.deliverable_id, v.number limit 1 returning id`;
const COMMENT = `
  insert into deals.version_comments (id, deal_id, brand_id, influencer_id, deliverable_id, version_number, number, author_id,
                                      party_id, text, idempotency_key, written_at)
  select gen_random_uuid(), v.deal_id, v.brand_id, v.influencer_id, v.deliverable_id, v.number, 1, i.user_id, i.party_id,
         'Secret comment.', 'secret', now()
  from deals.deliverable_versions v join parties.influencers i on i.party_id = v.influencer_id
  where v.brand_id = $1 and v.influencer_id = $2 order by v.deliverable_id, v.number limit 1 returning id`;
const NOTIFICATION = `
  insert into notifications.notifications (notification_id, user_id, party_id, kind, object_id, data, count, in_product,
                                           shown_from, last_at, created_at)
  select gen_random_uuid(), user_id, party_id, 'bid_submitted', gen_random_uuid(), '{"campaign":"Secret notice."}', 1, true,
         now(), now(), now()
  from parties.members where party_id = $1 and role = 'owner' limit 1 returning notification_id as id`;

const DISPUTE = `
  with opened as (
    insert into deals.disputes (id, deal_id, brand_id, influencer_id, scope, reason, side, state, currency, opened_at, answer_due_at)
    select gen_random_uuid(), id, brand_id, influencer_id, 'deliverables', 'other', 'influencer', 'open', cash_currency, now(), now()
    from deals.deals where brand_id = $1 and influencer_id = $2 returning *),
    claimed as (
      insert into deals.dispute_entries (dispute_id, deal_id, brand_id, influencer_id, number, kind, side, author_id, party_id,
                                         text, file_ids, idempotency_key, written_at)
      select o.id, o.deal_id, o.brand_id, o.influencer_id, 1, 'claim', o.side, i.user_id, i.party_id, 'Secret claim.', '{}',
             'secret', now()
      from opened o join parties.influencers i on i.party_id = o.influencer_id returning dispute_id)
  select dispute_id as id from claimed`;

const UNATTRIBUTED_SALE = `
  with told as (select '{"secret":"order"}'::text as content),
    known as (insert into sales.intake_keys values ($1, 'sale', 'shop', 'secret-order') returning brand_id)
  insert into sales.intake_events (brand_id, event_id, kind, source, external_id, content, content_sha256, state, reason_code,
                                   reason, received_at, decided_at)
  select brand_id, gen_random_uuid(), 'sale', 'shop', 'secret-order', content, sha256(convert_to(content, 'UTF8')),
         'unattributed', 'NO_CODE_OR_LINK', 'None.', now(), now()
  from known, told returning event_id as id`;

const IMPORTED_FILE = `
  insert into sales.imports (brand_id, import_id, file_name, mapping_name, mapping, source, dry_run, state, content_sha256,
                             created_at, due_at, finished_at)
  values ($1, gen_random_uuid(), 'secret-file.csv', 'csv', '{}', 'csv', false, 'done', sha256('x'), now(), now(), now())
  returning import_id as id`;

const HELD_SALE = `
  insert into sales.risk_holds (brand_id, sale_id, hold_id, deal_id, reasons, explanation, rules_version, held_at)
  select brand_id, sale_id, gen_random_uuid(), deal_id, '{self_purchase}', 'Secret reason.', 0, now()
  from sales.sales where brand_id = $1 order by sale_id limit 1 returning hold_id as id`;

/** By the brand, and for the other side's eyes only later. */
const HIDDEN_REVIEW = `
  insert into deals.reviews (id, deal_id, brand_id, influencer_id, side, stars, text, written_at, visible_from)
  select gen_random_uuid(), id, brand_id, influencer_id, 'brand', 2, 'Secret opinion.', now(), now() + interval '14 days'
  from deals.deals where brand_id = $1 and influencer_id = $2`;

/**
 * What belongs to Maison Lumette, Mika Arai and Hanabira in the demo world, and none of it is published: with a draft
 * campaign, an invitation, an API key, a source with a webhook that failed, a sale that waits in the inbox, one on risk hold, a file, an
 * endpoint with a message that failed, a message in the deal's conversation, a file and a comment of a version, a dispute, a saved search each, a notification, and a review that is not visible yet, made for the occasion.
 */
export async function protectedObjects(world: AccessWorld, schema: GraphQLSchema): Promise<Objects> {
  const { campaign, invitation, apiKey, source } = await draftsOf(world, schema);
  const cast = await castOf(world);
  const { lumette, mika, hanabira, bookId } = cast;
  const ids = async (prefix: Parameters<typeof toGlobalId>[0], query: string, values: readonly unknown[]) =>
    (await world.sql<{ id: string }>(query, values)).map(({ id }) => toGlobalId(prefix, id));
  const ledger = async (prefix: Parameters<typeof toLedgerId>[0], query: string) =>
    (await world.sql<{ id: string }>(query, [bookId])).map(({ id }) => toLedgerId(prefix, { bookId, id: BigInt(id) }));
  const sides = [lumette, mika];
  await world.sql(HIDDEN_REVIEW, sides);
  return withAudited({
    party: [lumette, mika, hanabira].map((id) => toGlobalId('party', id)),
    brand: [toGlobalId('party', lumette)],
    influencer: [toGlobalId('party', mika)],
    agency: [toGlobalId('party', hanabira)],
    user: await ids('user', 'select id from identity.users where email = any ($1)', [
      [PEOPLE.camille.email, PEOPLE.mika.email, PEOPLE.aoi.email],
    ]),
    campaign: [campaign],
    savedSearch: await ids('search', SAVED_SEARCHES, [sides]),
    bid: await ids('bid', 'select id from campaigns.bids where brand_id = $1 order by state', [lumette]),
    deal: await ids('deal', 'select id from deals.deals where brand_id = $1 and influencer_id = $2', sides),
    deliverable: await ids('deliverable', 'select id from deals.deliverables where brand_id = $1', [lumette]),
    dispute: await ids('dispute', DISPUTE, sides),
    file: await ids('file', FILE, sides),
    comment: await ids('comment', COMMENT, sides),
    sale: await ids('sale', 'select sale_id as id from sales.sales where brand_id = $1 order by 1 limit 2', [lumette]),
    source: [source],
    delivery: await ids('delivery', FAILED_WEBHOOK, [fromGlobalId('source', source)]),
    endpoint: await ids('endpoint', ENDPOINT, [lumette]),
    message: await ids('msg', FAILED_MESSAGE, [lumette]),
    dealMessage: await ids('message', DEAL_MESSAGE, sides),
    notification: await ids('notification', NOTIFICATION, [lumette]),
    problem: await ids('problem', UNATTRIBUTED_SALE, [lumette]),
    import: await ids('import', IMPORTED_FILE, [lumette]),
    riskHold: await ids('risk', HELD_SALE, [lumette]),
    mandate: await ids('mandate', 'select mandate_id as id from parties.mandates where influencer_id = $1', [mika]),
    channel: await ids('chan', 'select id from parties.channels where influencer_id = $1', [mika]),
    invitation: [invitation],
    apiKey: [apiKey],
    payoutAccount: await ids(
      'payoutaccount',
      'select id from parties.payout_accounts where party_id = any ($1) limit 2',
      [[mika, hanabira]],
    ),
    address: [await addressOf(world)],
    batch: await ids('batch', 'select id from payouts.batches order by state', []),
    payoutItem: await ids('payout', 'select id from payouts.items where party_id = any ($1) order by state limit 3', [
      [mika, hanabira],
    ]),
    book: [toLedgerId('book', { bookId, id: BigInt(bookId) })],
    account: await ledger('account', 'select account_id as id from ledger.accounts where book_id = $1 limit 3'),
    transaction: await ledger('txn', 'select transaction_id as id from ledger.transactions where book_id = $1 limit 2'),
    earning: await ledger('earning', 'select earning_id as id from ledger.earnings where book_id = $1 limit 2'),
    share: await ledger('share', 'select share_id as id from ledger.shares where book_id = $1 limit 3'),
  });
}

/** Where Mika lives: every line of it is a secret, its label too. */
export const SECRET_ADDRESS = {
  label: 'Secret home',
  recipient: 'Mika at home',
  lines: ['Secret street 7'],
  city: 'Secret town',
  postalCode: '150-0099',
  country: 'JP',
  phone: '+81 90 7777 0000',
} as const;

async function addressOf(world: AccessWorld): Promise<string> {
  const mika = await world.demo('mika');
  const { id } = await mika.succeed('addDeliveryAddress', 'DeliveryAddress', { ...SECRET_ADDRESS }, 'id');
  return id as string;
}

/** The same kinds, of things that never were. */
export function objectsThatNeverWere(): Objects {
  const of = (prefix: Parameters<typeof toGlobalId>[0]) => [toGlobalId(prefix, uuidv7())];
  const ofLedger = (prefix: Parameters<typeof toLedgerId>[0]) => [toLedgerId(prefix, { bookId: 90_909, id: 90_909n })];
  return withAudited({
    party: of('party'),
    brand: of('party'),
    influencer: of('party'),
    agency: of('party'),
    user: of('user'),
    campaign: of('campaign'),
    savedSearch: of('search'),
    bid: of('bid'),
    deal: of('deal'),
    deliverable: of('deliverable'),
    dispute: of('dispute'),
    file: of('file'),
    comment: of('comment'),
    sale: of('sale'),
    source: of('source'),
    delivery: of('delivery'),
    endpoint: of('endpoint'),
    message: of('msg'),
    dealMessage: of('message'),
    notification: of('notification'),
    problem: of('problem'),
    import: of('import'),
    riskHold: of('risk'),
    mandate: of('mandate'),
    channel: of('chan'),
    invitation: of('invite'),
    apiKey: of('apikey'),
    payoutAccount: of('payoutaccount'),
    address: of('address'),
    batch: of('batch'),
    payoutItem: of('payout'),
    book: ofLedger('book'),
    account: ofLedger('account'),
    transaction: ofLedger('txn'),
    earning: ofLedger('earning'),
    share: ofLedger('share'),
  });
}

const AUDITED = [
  'party',
  'user',
  'campaign',
  'bid',
  'deal',
  'deliverable',
  'dispute',
  'mandate',
  'channel',
  'invitation',
  'apiKey',
  'payoutAccount',
  'source',
  'endpoint',
  'riskHold',
  'batch',
  'payoutItem',
] as const satisfies readonly (keyof Objects)[];

function withAudited(objects: Omit<Objects, 'audited'>): Objects {
  return { ...objects, audited: AUDITED.flatMap((kind) => objects[kind]) };
}

async function castOf(world: AccessWorld): Promise<Cast> {
  const emails = [PEOPLE.camille.email, PEOPLE.mika.email, PEOPLE.aoi.email];
  const [people] = await world.sql<Omit<Cast, 'bookId'>>(ONE_OF_EACH, emails);
  if (people === undefined) throw new Error('The demo world is not there.');
  const [book] = await world.sql<{ id: number }>('select book_id as id from ledger.books where brand_id = $1', [
    people.lumette,
  ]);
  return { ...people, bookId: book?.id ?? 0 };
}

async function draftsOf(world: AccessWorld, schema: GraphQLSchema) {
  const camille = await world.demo('camille');
  const { me } = await camille.ask('{ me { memberships { party { id } } } }');
  const partyId: string = me.memberships[0].party.id;
  const input = generatedInput(schema, 'CreateCampaignInput', () => partyId);
  const campaign = await camille.succeed('createCampaign', 'Campaign', input, 'id');
  const invited = { partyId, email: 'secret-hire@lumette.example', role: 'VIEWER' };
  const { invitation } = await camille.succeed('inviteMember', 'MemberInvited', invited, 'invitation { id }');
  const { apiKeyId } = await world.machine(camille, ['sales:write'], partyId);
  const shop = { brandId: partyId, name: 'shop', format: 'STANDARD' };
  const { source } = await camille.succeed('openSalesSource', 'SourceSecretSuccess', shop, 'source { id }');
  const made = { campaign: campaign.id as string, invitation: invitation.id as string, source: source.id as string };
  return { ...made, apiKey: apiKeyId };
}
