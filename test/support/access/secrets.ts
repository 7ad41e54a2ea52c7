import { toGlobalId, toLedgerId } from '../../../apps/api/src/graphql/types/global-id';
import { PEOPLE } from '../../../apps/cli/src/demo/demo-logins';
import type { AccessWorld } from './access-world';
import { type Objects, SECRET_ADDRESS } from './demo-objects';

/** The kinds of which somebody else may know nothing at all; parties may be known by name. */
const SECRET_KINDS = [
  'user',
  'campaign',
  'deal',
  'deliverable',
  'file',
  'comment',
  'savedSearch',
  'dealMessage',
  'notification',
  'mandate',
  'invitation',
  'apiKey',
  'payoutAccount',
  'address',
  'batch',
  'payoutItem',
] as const satisfies readonly (keyof Objects)[];

const WORDS = `
  with deal as (select id, bid_id, brand_id from deals.deals where id = $1)
  select o.message as word from campaigns.offers o join deal on o.bid_id = deal.bid_id
  union select s.feedback from deals.deliverable_versions s join deal on s.deal_id = deal.id
  union select s.caption from deals.deliverable_versions s join deal on s.deal_id = deal.id
  union select d.live_url from deals.deliverables d join deal on d.deal_id = deal.id
  union select r.text from deals.reviews r join deal on r.deal_id = deal.id
  union select f.name from deals.files f join deal on f.deal_id = deal.id
  union select c.text from deals.version_comments c join deal on c.deal_id = deal.id
  union select m.text from messages.messages m join deal on m.deal_id = deal.id
  union select t.code from deals.tracking_codes t join deal on t.deal_id = deal.id
  union select g.tracking_number from deals.gifts g join deal on g.deal_id = deal.id
  union select s.external_id from sales.sales s join deal on s.deal_id = deal.id
  union select t.reference from ledger.transactions t join ledger.books b using (book_id) join deal using (brand_id)
    where t.reference like 'SEPA%'
  union select a.hint from parties.payout_accounts a join deals.deals d on a.party_id = d.influencer_id join deal on d.id = deal.id`;

/** Amounts that only the parties to the deal know: what was offered, what each got, what the brand set aside. */
const AMOUNTS = `
  with deal as (select id, bid_id, brand_id, campaign_id from deals.deals where id = $1),
  book as (select b.book_id, deal.id as deal_id from ledger.books b join deal using (brand_id))
  select (o.compensation -> 'cash' ->> 'amountMinor')::bigint as minor
    from campaigns.offers o join deal on o.bid_id = deal.bid_id
  union select s.amount_minor from ledger.shares s join book using (book_id)
  union select e.gross_minor from ledger.earnings e join book using (book_id)
  union select b.budget_minor from campaigns.campaign_budgets b join deal using (campaign_id)`;

/** Ids, words and amounts of the deal between Maison Lumette and Mika Arai and of its money, as the API would show them. */
export async function secretsOf(world: AccessWorld, objects: Objects): Promise<readonly string[]> {
  const [dealId = ''] = await rawIds(
    world,
    `select id from deals.deals where brand_id = ${BRAND} and influencer_id = ${INFLUENCER}`,
  );
  const bids = await rawIds(world, 'select bid_id as id from deals.deals where id = $1', dealId);
  const sales = await rawIds(world, 'select sale_id as id from sales.sales where deal_id = $1', dealId);
  const words = await world.sql<{ word: string | null }>(WORDS, [dealId]);
  const shares = await world.sql<{ book: number; share: string; earning: string }>(
    `select book_id as book, share_id as share, earning_id as earning
     from ledger.share_details where deal_id = $1`,
    [dealId],
  );
  return [
    ...SECRET_KINDS.flatMap((kind) => objects[kind]),
    ...bids.map((id) => toGlobalId('bid', id)),
    ...sales.map((id) => toGlobalId('sale', id)),
    ...shares.flatMap(({ book, share, earning }) => [
      toLedgerId('share', { bookId: book, id: BigInt(share) }),
      toLedgerId('earning', { bookId: book, id: BigInt(earning) }),
    ]),
    PEOPLE.camille.email,
    PEOPLE.mika.email,
    PEOPLE.aoi.email,
    ...addressLines(),
    ...words.flatMap(({ word }) => (word === null ? [] : [word])),
    ...(await secretAmounts(world, dealId)),
  ].map((secret) => JSON.stringify(secret));
}

function addressLines(): readonly string[] {
  const { label, recipient, lines, city, postalCode, phone } = SECRET_ADDRESS;
  return [label, recipient, ...lines, city, postalCode, phone];
}

const BRAND = `(select party_id from parties.members m join identity.users u on u.id = m.user_id
  where u.email = '${PEOPLE.camille.email}')`;
const INFLUENCER = `(select party_id from parties.influencers i join identity.users u on u.id = i.user_id
  where u.email = '${PEOPLE.mika.email}')`;

async function secretAmounts(world: AccessWorld, dealId: string): Promise<readonly string[]> {
  const [published] = await world.sql<{ brief: string }>(
    'select c.brief::text as brief from campaigns.campaigns c join deals.deals d on d.campaign_id = c.id where d.id = $1',
    [dealId],
  );
  const amounts = await world.sql<{ minor: string | null }>(AMOUNTS, [dealId]);
  return amounts
    .flatMap(({ minor }) => (minor === null || published?.brief.includes(`"${minor}"`) === true ? [] : [minor]))
    .filter((minor) => minor.length > 3)
    .map((minor) => `${minor.slice(0, -2)}.${minor.slice(-2)}`);
}

async function rawIds(world: AccessWorld, statement: string, ...values: readonly string[]): Promise<readonly string[]> {
  return (await world.sql<{ id: string }>(statement, values)).map(({ id }) => id);
}
