/** What an erasure does with a datum. */
export type Treatment = 'replaced' | 'deleted' | 'kept' | 'forgotten';

export interface PersonalDatum {
  /** Words, names, ways to reach somebody … */
  readonly is: string;
  readonly whose: 'user' | 'author' | 'member' | 'customer' | 'payee';
  readonly erasure: Treatment;
  /** Why it is kept, or when it is forgotten by itself. */
  readonly because?: string;
}

interface TableOfData {
  readonly personal: Readonly<Record<string, PersonalDatum>>;
  /** Columns of texts, JSON and bytes of the same table that say nothing of a person: states, kinds, codes, keys. */
  readonly other: readonly string[];
}

const EVIDENCE = 'part of what was agreed and delivered, for as long as the contract has to be kept';
const ACCOUNTS = 'part of the accounts, for as long as they have to be kept';
const OF_SHOP = 'the shop’s, whose own customers it answers; reduced by the intake to what a sale needs';

const replaced = (is: string, whose: PersonalDatum['whose'] = 'user'): PersonalDatum => ({
  is,
  whose,
  erasure: 'replaced',
});
const deleted = (is: string): PersonalDatum => ({ is, whose: 'user', erasure: 'deleted' });
const kept = (is: string, whose: PersonalDatum['whose'], because: string): PersonalDatum => ({
  is,
  whose,
  erasure: 'kept',
  because,
});

/** Every column of the database that may say something of a person, by table. */
export const PERSONAL_DATA: Readonly<Record<string, TableOfData>> = {
  'identity.users': {
    personal: {
      email: replaced('e-mail address'),
      password_hash: replaced('digest of the password'),
      display_name: replaced('name'),
      locale: replaced('language'),
    },
    other: ['staff_roles'],
  },
  'identity.api_keys': { personal: { name: replaced('name of a key') }, other: ['prefix', 'secret_hash', 'scopes'] },
  'parties.parties': { personal: { display_name: replaced('name of an influencer') }, other: ['kind'] },
  'parties.influencers': {
    personal: {
      bio: replaced('what she says of herself'),
      categories: replaced('what she writes about'),
      markets: replaced('where she is read'),
      languages: replaced('languages'),
      search_text: replaced('name and profile, to be searched'),
      platforms: replaced('where she publishes'),
      audience_countries: replaced('where her audience is'),
      asking_prices: replaced('what she asks for'),
    },
    other: ['kind'],
  },
  'parties.channels': {
    personal: {
      handle: replaced('name on a platform'),
      handle_key: replaced('the same, to be compared'),
      url: replaced('address of the channel'),
      audience: replaced('who reads it'),
    },
    other: ['platform'],
  },
  'parties.payout_accounts': {
    personal: { details_sealed: deleted('bank details, encrypted'), hint: deleted('the last digits of the account') },
    other: [],
  },
  'parties.delivery_addresses': { personal: { label: replaced('what she calls an address') }, other: [] },
  'parties.sealed_addresses': { personal: { sealed: deleted('postal address, encrypted') }, other: [] },
  'parties.invitations': { personal: { email: replaced('e-mail address') }, other: ['role', 'token_hash'] },
  'parties.mandates': {
    personal: {
      notice_reason: replaced('words', 'author'),
      end_reason: replaced('words', 'author'),
      cuts: kept('what was agreed with an agency', 'user', EVIDENCE),
      brand_overrides: kept('what was agreed with an agency', 'user', EVIDENCE),
    },
    other: ['agency_kind', 'state', 'notice_side'],
  },
  'campaigns.offers': {
    personal: {
      message: replaced('words', 'author'),
      compensation: kept('what was offered', 'author', EVIDENCE),
      offered_by: kept('id of the user', 'author', 'says nothing once the user is erased'),
    },
    other: ['side'],
  },
  'campaigns.bids': { personal: { end_reason: replaced('words', 'author') }, other: ['state'] },
  'deals.deals': {
    personal: { terms: kept('what was agreed', 'user', EVIDENCE) },
    other: ['campaign_title', 'state', 'funding_key', 'link_destination'],
  },
  'deals.deliverables': {
    personal: { live_url: kept('where the work was published', 'user', EVIDENCE) },
    other: ['spec_key', 'kind', 'description', 'state', 'approved_by'],
  },
  'deals.deliverable_versions': {
    personal: {
      caption: kept('the work itself', 'author', EVIDENCE),
      media_urls: kept('the work itself', 'author', EVIDENCE),
      feedback: kept('what the brand asked to be changed', 'member', EVIDENCE),
    },
    other: ['outcome'],
  },
  'deals.publications': {
    personal: {
      caption: kept('the work as it was published', 'author', EVIDENCE),
      post_key: kept('the public address of the work', 'author', EVIDENCE),
    },
    other: ['platform', 'check_state', 'doubt'],
  },
  'deals.metric_readings': {
    personal: { correction: kept('why a figure was corrected', 'author', EVIDENCE) },
    other: ['source'],
  },
  'deals.disputes': {
    personal: {
      reason: kept('what was complained of', 'author', EVIDENCE),
      decision_reason: kept('why the operator decided so', 'user', EVIDENCE),
    },
    other: ['scope', 'side', 'state', 'outcome', 'decision_key'],
  },
  'deals.dispute_entries': {
    personal: { text: kept('what was said to the operator, who decided on it', 'author', EVIDENCE) },
    other: ['kind', 'side', 'idempotency_key'],
  },
  'deals.files': {
    personal: {
      name: replaced('name that the uploader gave'),
      sha256: kept('digest of the work', 'author', EVIDENCE),
    },
    other: ['type'],
  },
  'deals.gifts': {
    personal: {
      tracking_number: kept('number of a parcel', 'user', EVIDENCE),
      return_tracking_number: kept('number of a parcel', 'user', EVIDENCE),
      choices: kept('what she chose to be given', 'user', EVIDENCE),
      return_reason: kept('why a gift goes back', 'author', EVIDENCE),
      appeal_reason: replaced('words', 'author'),
      address_label: replaced('what she calls an address'),
    },
    other: ['state', 'carrier', 'appeal_decision', 'appeal_decided_by', 'return_state', 'return_carrier'],
  },
  'deals.gift_corrections': { personal: { reason: replaced('words', 'author') }, other: ['proposed_by', 'state'] },
  'deals.reviews': { personal: { text: replaced('words', 'author') }, other: ['side'] },
  'deals.state_changes': {
    personal: { note: replaced('words', 'author') },
    other: ['event', 'from_state', 'to_state', 'system_name'],
  },
  'deals.tracking_codes': {
    personal: {
      code: kept('code that she chose', 'user', EVIDENCE),
      link_slug: kept('link that she chose', 'user', EVIDENCE),
    },
    other: ['kind'],
  },
  'deals.version_comments': { personal: { text: replaced('words', 'author') }, other: ['idempotency_key'] },
  'messages.messages': { personal: { text: replaced('words', 'author') }, other: ['idempotency_key'] },
  'discovery.saved_searches': {
    personal: { name: deleted('name of a search'), filter: deleted('what she looks for') },
    other: ['kind'],
  },
  'notifications.notifications': { personal: { data: deleted('what she was told') }, other: ['staff_role', 'kind'] },
  'notifications.emails': { personal: { last_error: deleted('what her mail server answered') }, other: ['state'] },
  'payouts.bank_files': {
    personal: { sealed_text: kept('names and accounts of payees, encrypted', 'payee', ACCOUNTS) },
    other: ['file_name'],
  },
  'payouts.item_accounts': { personal: { hint: kept('the last digits of the account', 'payee', ACCOUNTS) }, other: [] },
  'privacy.erasures': {
    personal: { reason: kept('how the person asked', 'user', 'the proof that an erasure was asked for') },
    other: [],
  },
  'sales.deliveries': {
    personal: { sealed_body: kept('an order as the shop told it, encrypted', 'customer', OF_SHOP) },
    other: ['message_id', 'topic', 'body_sha256', 'state', 'reason_code', 'reason'],
  },
  'sales.import_parts': {
    personal: {
      sealed: {
        is: 'a file of orders, encrypted',
        whose: 'customer',
        erasure: 'forgotten',
        because: 'once it is read',
      },
    },
    other: [],
  },
  'sales.sale_customers': {
    personal: { customer: kept('keyed digest of a customer', 'customer', OF_SHOP) },
    other: [],
  },
  'webhooks.messages': {
    personal: {
      body: {
        is: 'what a party was told',
        whose: 'user',
        erasure: 'forgotten',
        because: 'with the retention of messages',
      },
    },
    other: ['type', 'state', 'reason'],
  },
};

/** Tables whose texts, JSON and bytes say nothing of a person, each with its reason. */
export const NOT_PERSONAL: Readonly<Record<string, string>> = {
  'audit.entries': 'ids, states and keyed digests: what a person wrote or is called is never copied',
  'audit.links': 'hashes',
  'campaigns.campaigns': 'the brief of a brand',
  'deals.dispute_items': 'places and shares of money',
  'deals.category_days': 'categories of goods',
  'deals.explosive_notes': 'the rule that a note met',
  'deals.term_notices': 'kinds of terms',
  'deals.marketplace_policies': 'rules of the marketplace',
  'discovery.candidates': 'a queue of ids',
  'identity.attempts': 'digests of addresses, gone after their window',
  'identity.sessions': 'digests of random tokens',
  'ledger.account_kinds': 'the chart of accounts',
  'ledger.accounts': 'ids and kinds',
  'ledger.closed_periods': 'periods',
  'ledger.conversions': 'rates',
  'ledger.earning_freezes': 'codes of reasons',
  'ledger.freezes': 'codes of reasons',
  'ledger.fx_rates': 'rates',
  'ledger.rules': 'rules',
  'ledger.seals': 'hashes',
  'ledger.shares': 'fractions',
  'ledger.split_accounts': 'roles',
  'ledger.transactions': 'references of the bank and of orders',
  'notifications.heard': 'keys of events',
  'notifications.preferences': 'names of groups; deleted with the person all the same',
  'parties.members': 'roles',
  'parties.organisations': 'kinds',
  'payouts.batches': 'states, hashes, and the words of staff about a batch',
  'payouts.exclusions': 'codes of reasons',
  'payouts.items': 'states, references of the bank, and the words of staff about a transfer',
  'payouts.outcomes': 'states, references of the bank, and the words of staff about a transfer',
  'platform.outbox': 'ids, states and amounts',
  'platform.outbox_deliveries': 'names of handlers',
  'privacy.erasure_steps': 'names of steps',
  'sales.bonuses': 'ids',
  'sales.clicks': 'nothing of the visitor is kept, and the click is forgotten',
  'sales.file_mappings': 'names of columns',
  'sales.import_rows': 'orders, reduced by the intake to what a sale needs',
  'sales.imports': 'names of files of orders and their mappings',
  'sales.intake_events': 'orders, reduced by the intake to what a sale needs; customers as keyed digests',
  'sales.intake_keys': 'numbers of orders',
  'sales.mends': 'what people of a brand did with a problem of an order',
  'sales.refunds': 'numbers of orders',
  'sales.risk_holds': 'reasons by rule, and the words of staff about a sale',
  'sales.sale_lines': 'products',
  'sales.sales': 'numbers of orders and how they were attributed',
  'sales.source_secrets': 'secrets of shops, encrypted',
  'sales.sources': 'names of shops',
  'sales.unearned_lines': 'products',
  'webhooks.attempts': 'what a server answered, forgotten with its message',
  'webhooks.endpoints': 'addresses of servers',
  'webhooks.secrets': 'secrets of servers, encrypted',
};
