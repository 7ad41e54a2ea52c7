/** What preferences are kept for; `security` cannot be switched off. */
export const GROUPS = [
  'bids',
  'campaigns',
  'searches',
  'deals',
  'deliverables',
  'gifts',
  'reviews',
  'messages',
  'mandates',
  'team',
  'payouts',
  'risk',
  'integrations',
  'security',
] as const;
export type Group = (typeof GROUPS)[number];

/** What a notification is about, and leads to. */
export type ObjectKind =
  | 'bid'
  | 'campaign'
  | 'deal'
  | 'deliverable'
  | 'gift'
  | 'mandate'
  | 'party'
  | 'batch'
  | 'payout'
  | 'endpoint'
  | 'search';

/**
 * Who is told, among the people of the parties that a fact names. `influencer` is her whole side: herself, and whoever
 * manages an agency that holds her mandate right now; `told_side` is one of both sides, as the fact says, and
 * `person` somebody of the party whom it names.
 */
export type Audience =
  | 'brand'
  | 'influencer'
  | 'influencer_alone'
  | 'agency'
  | 'told_side'
  | 'person'
  | 'party_managers'
  | 'party_owners'
  | 'operators'
  | 'approvers';

export interface KindRule {
  readonly group: Group;
  readonly object: ObjectKind;
  readonly to: readonly Audience[];
  /** False where each one is told by itself, at once, and to whoever did it as well. */
  readonly folds?: false;
}

const BOTH_SIDES = ['brand', 'influencer'] as const;

/**
 * Every kind of notification. A new one is a line here, its text in each file of `texts`, which does not compile without,
 * and what tells it in one of `facts`.
 */
export const KINDS = {
  bid_submitted: { group: 'bids', object: 'bid', to: ['brand'] },
  bid_countered: { group: 'bids', object: 'bid', to: ['told_side'] },
  bid_accepted: { group: 'bids', object: 'bid', to: ['told_side'] },
  bid_declined: { group: 'bids', object: 'bid', to: ['influencer'] },
  bid_withdrawn: { group: 'bids', object: 'bid', to: ['brand'] },
  bid_expired: { group: 'bids', object: 'bid', to: BOTH_SIDES },
  campaign_closed: { group: 'campaigns', object: 'campaign', to: ['influencer'] },
  campaign_cancelled: { group: 'campaigns', object: 'campaign', to: ['influencer'] },
  saved_search_matched: { group: 'searches', object: 'search', to: ['person'] },
  deal_funded: { group: 'deals', object: 'deal', to: ['influencer'] },
  deal_cancelled: { group: 'deals', object: 'deal', to: BOTH_SIDES },
  deal_completed: { group: 'deals', object: 'deal', to: BOTH_SIDES },
  deal_disputed: { group: 'deals', object: 'deal', to: [...BOTH_SIDES, 'operators'] },
  deal_resumed: { group: 'deals', object: 'deal', to: BOTH_SIDES },
  deliverable_submitted: { group: 'deliverables', object: 'deliverable', to: ['brand'] },
  deliverable_changes_requested: { group: 'deliverables', object: 'deliverable', to: ['influencer'] },
  deliverable_approved: { group: 'deliverables', object: 'deliverable', to: ['influencer'] },
  deliverable_published: { group: 'deliverables', object: 'deliverable', to: ['brand'] },
  version_commented: { group: 'deliverables', object: 'deliverable', to: BOTH_SIDES },
  gift_shipped: { group: 'gifts', object: 'gift', to: ['influencer'] },
  gift_received: { group: 'gifts', object: 'gift', to: ['brand'] },
  gift_returned: { group: 'gifts', object: 'gift', to: ['influencer'] },
  gift_overdue: { group: 'gifts', object: 'gift', to: BOTH_SIDES },
  gift_requested: { group: 'gifts', object: 'gift', to: ['brand'] },
  gift_receipt_reminded: { group: 'gifts', object: 'gift', to: BOTH_SIDES },
  gift_lost: { group: 'gifts', object: 'gift', to: BOTH_SIDES },
  gift_appealed: { group: 'gifts', object: 'gift', to: ['brand'] },
  gift_appeal_decided: { group: 'gifts', object: 'gift', to: ['influencer'] },
  gift_return_asked: { group: 'gifts', object: 'gift', to: ['influencer'] },
  gift_return_offered: { group: 'gifts', object: 'gift', to: ['brand'] },
  gift_return_answered: { group: 'gifts', object: 'gift', to: BOTH_SIDES },
  gift_sent_back: { group: 'gifts', object: 'gift', to: ['brand'] },
  gift_correction_proposed: { group: 'gifts', object: 'gift', to: BOTH_SIDES },
  gift_correction_answered: { group: 'gifts', object: 'gift', to: BOTH_SIDES },
  usage_rights_ending: { group: 'deals', object: 'deal', to: BOTH_SIDES },
  usage_rights_expired: { group: 'deals', object: 'deal', to: BOTH_SIDES },
  exclusivity_ending: { group: 'deals', object: 'deal', to: BOTH_SIDES },
  exclusivity_ended: { group: 'deals', object: 'deal', to: BOTH_SIDES },
  review_readable: { group: 'reviews', object: 'deal', to: ['told_side'] },
  message_received: { group: 'messages', object: 'deal', to: BOTH_SIDES },
  mandate_requested: { group: 'mandates', object: 'mandate', to: ['influencer_alone'] },
  mandate_accepted: { group: 'mandates', object: 'mandate', to: ['agency'] },
  mandate_declined: { group: 'mandates', object: 'mandate', to: ['agency'] },
  mandate_withdrawn: { group: 'mandates', object: 'mandate', to: ['influencer_alone'] },
  mandate_notice_given: { group: 'mandates', object: 'mandate', to: ['influencer_alone', 'agency'] },
  mandate_notice_taken_back: { group: 'mandates', object: 'mandate', to: ['influencer_alone', 'agency'] },
  mandate_end_offered: { group: 'mandates', object: 'mandate', to: ['influencer_alone', 'agency'] },
  mandate_ended: { group: 'mandates', object: 'mandate', to: ['influencer_alone', 'agency'] },
  mandate_expired: { group: 'mandates', object: 'mandate', to: ['influencer_alone', 'agency'] },
  member_invited: { group: 'team', object: 'party', to: ['party_owners'] },
  payout_batch_submitted: { group: 'payouts', object: 'batch', to: ['approvers'] },
  payout_sent: { group: 'payouts', object: 'payout', to: ['party_managers'] },
  payout_paid: { group: 'payouts', object: 'payout', to: ['party_managers'] },
  payout_rejected: { group: 'payouts', object: 'payout', to: ['party_managers'] },
  sales_held: { group: 'risk', object: 'deal', to: ['operators', ...BOTH_SIDES] },
  webhook_endpoint_disabled: { group: 'integrations', object: 'endpoint', to: ['party_managers'] },
  // Also to the owner who did it: whoever has stolen a session did it as that owner.
  payout_account_changed: { group: 'security', object: 'party', to: ['party_owners'], folds: false },
} as const satisfies Readonly<Record<string, KindRule>>;

export type NotificationKind = keyof typeof KINDS;
export const NOTIFICATION_KINDS = Object.keys(KINDS) as readonly NotificationKind[];

export function ruleOf(kind: NotificationKind): KindRule {
  return KINDS[kind];
}
