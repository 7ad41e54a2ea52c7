/** The object kinds of the log: the prefixes of their ids on the wire. */
type ObjectKind =
  | 'apikey'
  | 'batch'
  | 'bid'
  | 'campaign'
  | 'chan'
  | 'deal'
  | 'deliverable'
  | 'dispute'
  | 'endpoint'
  | 'gift'
  | 'invite'
  | 'mandate'
  | 'party'
  | 'payout'
  | 'payoutaccount'
  | 'review'
  | 'risk'
  | 'source'
  | 'user';

/** SQL expressions are over `r`, the row that was written. */
export interface AuditedTable {
  readonly table: string;
  /** The object that people act on, and its uuid. */
  readonly object: readonly [kind: ObjectKind, id: string];
  /** The object in whose log it is shown as well. */
  readonly within?: readonly [kind: ObjectKind, id: string];
  /** Whose members read it: uuids. */
  readonly parties?: readonly string[];
  /** The influencer: she reads it, and so do agencies while they hold her mandate. */
  readonly represented?: string;
  /** The person whom it concerns, and who reads it. */
  readonly user?: string;
  /** Finance reads it. */
  readonly finance?: true;
  /** Who reads it besides: 'everyone' signed in, or 'campaign_readers', whoever sees the campaign; null is nobody. */
  readonly openTo?: string;
  /**
   * Columns of texts, JSON and bytes that are kept as they are. Any other of these types is kept as a keyed digest, so that
   * what a person wrote or is called is never copied; ids, numbers, instants and codes of fixed length are kept always.
   */
  readonly clear?: readonly string[];
  /** Of those the JSON objects that are compared key by key. */
  readonly nested?: readonly string[];
  /** Columns of which not even a digest is kept, only that they changed. */
  readonly secret?: readonly string[];
  /** Columns that say nothing: counters, search texts, keys of repetition. A change of these alone is no entry. */
  readonly noise?: readonly string[];
}

const PLATFORM = `'00000000-0000-7000-8000-000000000001'::uuid`;

/** Where she lives: nobody else reads that it changed, her agencies neither. */
const OF_INFLUENCER_ALONE: Pick<AuditedTable, 'object' | 'parties'> = {
  object: ['party', 'r.influencer_id'],
  parties: ['r.influencer_id'],
};

const PEOPLE: readonly AuditedTable[] = [
  {
    table: 'identity.users',
    object: ['user', 'r.id'],
    user: 'r.id',
    clear: ['locale', 'staff_roles'],
    secret: ['password_hash'],
  },
  {
    table: 'identity.api_keys',
    object: ['apikey', 'r.id'],
    within: ['party', 'r.party_id'],
    parties: ['r.party_id'],
    user: 'r.created_by',
    clear: ['prefix', 'scopes'],
    secret: ['secret_hash'],
    noise: ['last_used_at'],
  },
  { table: 'parties.parties', object: ['party', 'r.id'], parties: ['r.id'], clear: ['kind'] },
  {
    table: 'parties.members',
    object: ['party', 'r.party_id'],
    parties: ['r.party_id'],
    user: 'r.user_id',
    clear: ['role'],
  },
  {
    table: 'parties.invitations',
    object: ['invite', 'r.id'],
    within: ['party', 'r.party_id'],
    parties: ['r.party_id'],
    clear: ['role'],
    secret: ['token_hash'],
  },
  {
    table: 'parties.influencers',
    object: ['party', 'r.party_id'],
    parties: ['r.party_id'],
    clear: ['categories', 'markets', 'languages', 'asking_prices'],
    nested: ['asking_prices'],
    noise: ['kind', 'followers_total', 'search_text', 'search_grams', 'platforms', 'audience_countries'],
  },
  {
    table: 'parties.channels',
    object: ['chan', 'r.id'],
    within: ['party', 'r.influencer_id'],
    parties: ['r.influencer_id'],
    clear: ['platform', 'audience'],
    noise: ['handle_key', 'updated_at'],
  },
  {
    table: 'parties.mandates',
    object: ['mandate', 'r.mandate_id'],
    parties: ['r.influencer_id', 'r.agency_id'],
    clear: ['cuts', 'brand_overrides', 'state', 'notice_side'],
    nested: ['cuts'],
    noise: ['agency_kind'],
  },
  {
    table: 'parties.payout_accounts',
    object: ['payoutaccount', 'r.id'],
    within: ['party', 'r.party_id'],
    parties: ['r.party_id'],
    finance: true,
    clear: ['hint'],
    secret: ['details_sealed'],
  },
  { table: 'parties.delivery_addresses', ...OF_INFLUENCER_ALONE },
  { table: 'parties.sealed_addresses', ...OF_INFLUENCER_ALONE, secret: ['sealed'] },
];

const SIDES = { parties: ['r.brand_id'], represented: 'r.influencer_id', finance: true } as const;
const OF_BID = (column: string) => `(select b.${column} from campaigns.bids b where b.id = r.bid_id)`;

const FACETS_OF_BRIEF = ['channels', 'markets', 'languages', 'categories', 'cash_ceilings'];

/** What a brand is ready to commit is in tables of its own, and so is who reads it. */
const CAMPAIGNS: readonly AuditedTable[] = [
  {
    table: 'campaigns.campaigns',
    object: ['campaign', 'r.id'],
    parties: ['r.brand_id'],
    finance: true,
    openTo: `case when r.state <> 'draft' then 'campaign_readers' end`,
    clear: ['state', 'brief'],
    nested: ['brief'],
    noise: ['title', 'search_text', 'search_lexemes', 'listed_at', ...FACETS_OF_BRIEF],
  },
  {
    table: 'campaigns.campaign_limits',
    object: ['campaign', 'r.campaign_id'],
    parties: ['r.brand_id'],
    finance: true,
    noise: ['deal_count'],
  },
  {
    table: 'campaigns.campaign_budgets',
    object: ['campaign', 'r.campaign_id'],
    parties: ['r.brand_id'],
    finance: true,
    noise: ['committed_minor'],
  },
  { table: 'campaigns.bids', object: ['bid', 'r.id'], ...SIDES, clear: ['state'] },
  {
    table: 'campaigns.offers',
    object: ['bid', 'r.bid_id'],
    parties: [OF_BID('brand_id')],
    represented: OF_BID('influencer_id'),
    finance: true,
    clear: ['side', 'compensation'],
    nested: ['compensation'],
    noise: ['offered_by'],
  },
];

const WITHIN_DEAL = { within: ['deal', 'r.deal_id'], ...SIDES } as const;

const OF_MARKETPLACE = { object: ['party', PLATFORM], openTo: `'everyone'` } as const;

/** Of a deal's frozen terms the digest is kept: they never change, and the deal shows them. */
const DEALS: readonly AuditedTable[] = [
  { table: 'parties.chain_policies', ...OF_MARKETPLACE },
  {
    table: 'deals.marketplace_policies',
    ...OF_MARKETPLACE,
    clear: ['platform_fees'],
    nested: ['platform_fees'],
  },
  {
    table: 'deals.deals',
    object: ['deal', 'r.id'],
    ...SIDES,
    clear: ['state', 'campaign_title', 'link_destination'],
    noise: ['funding_key'],
  },
  {
    table: 'deals.deliverables',
    object: ['deliverable', 'r.id'],
    ...WITHIN_DEAL,
    clear: ['spec_key', 'kind', 'state', 'approved_by', 'live_url'],
  },
  { table: 'deals.milestones', object: ['deliverable', 'r.deliverable_id'], ...WITHIN_DEAL },
  {
    table: 'deals.deliverable_versions',
    object: ['deliverable', 'r.deliverable_id'],
    ...WITHIN_DEAL,
    clear: ['outcome'],
  },
  {
    table: 'deals.version_comments',
    object: ['deliverable', 'r.deliverable_id'],
    ...WITHIN_DEAL,
    noise: ['idempotency_key'],
  },
  {
    table: 'deals.disputes',
    object: ['dispute', 'r.id'],
    ...WITHIN_DEAL,
    clear: ['scope', 'reason', 'side', 'state', 'outcome'],
    noise: ['decision_key'],
  },
  {
    table: 'deals.dispute_items',
    object: ['dispute', 'r.dispute_id'],
    ...WITHIN_DEAL,
    clear: ['place', 'influencer_share'],
  },
  {
    table: 'deals.dispute_entries',
    object: ['dispute', 'r.dispute_id'],
    ...WITHIN_DEAL,
    clear: ['kind', 'side'],
    noise: ['idempotency_key'],
  },
  {
    table: 'deals.publications',
    object: ['deliverable', 'r.deliverable_id'],
    ...WITHIN_DEAL,
    clear: ['platform', 'check_state', 'doubt'],
    noise: ['post_key'],
  },
  { table: 'deals.short_livestreams', object: ['deliverable', 'r.deliverable_id'], ...WITHIN_DEAL },
  {
    table: 'deals.explosive_notes',
    object: ['deliverable', 'r.deliverable_id'],
    ...WITHIN_DEAL,
    clear: ['rule'],
  },
  {
    table: 'deals.gifts',
    object: ['gift', 'r.id'],
    ...WITHIN_DEAL,
    clear: ['state', 'carrier', 'appeal_decision', 'appeal_decided_by', 'return_state', 'return_carrier'],
    noise: ['receipt_reminded_at'],
  },
  {
    table: 'deals.gift_corrections',
    object: ['gift', 'r.gift_id'],
    ...WITHIN_DEAL,
    clear: ['state', 'proposed_by'],
  },
  { table: 'deals.tracking_codes', object: ['deal', 'r.deal_id'], ...SIDES, clear: ['kind', 'code', 'link_slug'] },
  {
    // Until it is visible a review is its author's secret; afterwards the other side reads the review itself.
    table: 'deals.reviews',
    object: ['review', 'r.id'],
    within: ['deal', 'r.deal_id'],
    parties: ['r.author_id'],
    represented: `case r.side when 'influencer' then r.influencer_id end`,
    clear: ['side'],
    noise: ['author_id', 'subject_id'],
  },
];

const OF_BRAND = { parties: ['r.brand_id'], finance: true } as const;
const BRAND_OF_BOOK = '(select b.brand_id from ledger.books b where b.book_id = r.book_id)';

const MONEY: readonly AuditedTable[] = [
  {
    table: 'sales.sources',
    object: ['source', 'r.source_id'],
    within: ['party', 'r.brand_id'],
    ...OF_BRAND,
    clear: ['name', 'format'],
  },
  {
    table: 'sales.source_secrets',
    object: ['source', 'r.source_id'],
    within: ['party', 'r.brand_id'],
    ...OF_BRAND,
    secret: ['sealed'],
  },
  {
    table: 'sales.file_mappings',
    object: ['party', 'r.brand_id'],
    ...OF_BRAND,
    clear: ['name', 'definition'],
    nested: ['definition'],
  },
  { table: 'sales.risk_rules', object: ['party', 'r.brand_id'], ...OF_BRAND },
  {
    table: 'sales.risk_holds',
    object: ['risk', 'r.hold_id'],
    ...OF_BRAND,
    clear: ['reasons', 'state'],
    noise: ['decision_key'],
  },
  {
    table: 'ledger.closed_periods',
    object: ['party', BRAND_OF_BOOK],
    parties: [BRAND_OF_BOOK],
    finance: true,
    clear: ['period', 'time_zone'],
  },
  { table: 'ledger.freezes', object: ['deal', 'r.deal_id'], finance: true, clear: ['reason'] },
];

const IN_BATCH = { within: ['batch', 'r.batch_id'] } as const;

const PAYOUTS: readonly AuditedTable[] = [
  {
    table: 'payouts.batches',
    object: ['batch', 'r.id'],
    finance: true,
    clear: ['state', 'time_zone', 'currencies', 'submitted_hash', 'approved_hash'],
    noise: ['idempotency_key', 'request_hash'],
  },
  { table: 'payouts.minimums', object: ['batch', 'r.batch_id'], finance: true },
  {
    table: 'payouts.items',
    object: ['payout', 'r.id'],
    ...IN_BATCH,
    represented: 'r.party_id',
    finance: true,
    clear: ['state', 'end_to_end_id'],
    noise: ['live'],
  },
  { table: 'payouts.item_accounts', object: ['payout', 'r.item_id'], finance: true, clear: ['hint'] },
  {
    table: 'payouts.outcomes',
    object: ['payout', 'r.item_id'],
    finance: true,
    clear: ['outcome'],
    noise: ['idempotency_key', 'request_hash'],
  },
  {
    table: 'payouts.bank_files',
    object: ['batch', 'r.batch_id'],
    finance: true,
    clear: ['file_name'],
    secret: ['sealed_text'],
  },
];

const OF_ENDPOINT = '(select e.party_id from webhooks.endpoints e where e.endpoint_id = r.endpoint_id)';

const WEBHOOKS: readonly AuditedTable[] = [
  {
    table: 'webhooks.endpoints',
    object: ['endpoint', 'r.endpoint_id'],
    within: ['party', 'r.party_id'],
    parties: ['r.party_id'],
    clear: ['event_types', 'state', 'state_reason'],
    noise: ['failing_since'],
  },
  {
    table: 'webhooks.secrets',
    object: ['endpoint', 'r.endpoint_id'],
    within: ['party', OF_ENDPOINT],
    parties: [OF_ENDPOINT],
    secret: ['sealed'],
  },
];

/** Every table whose changes are in the log. A table of state belongs here, or with its reason among the exemptions of the spec. */
export const AUDITED_TABLES: readonly AuditedTable[] = [
  ...PEOPLE,
  ...CAMPAIGNS,
  ...DEALS,
  ...MONEY,
  ...PAYOUTS,
  ...WEBHOOKS,
];
