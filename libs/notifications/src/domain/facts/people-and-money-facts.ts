import type { RecordedEvent } from '@evenhand/kernel';
import { type Fact, factOf, type FactsOf, textIn } from '../fact';
import type { NotificationKind } from '../kinds';

const mandate =
  (kind: NotificationKind): FactsOf =>
  (event) => {
    const lapsesAt = textIn(event.payload, 'lapsesAt');
    return [factOf(event, { kind, ...(lapsesAt !== null && { date: lapsesAt }) })];
  };

/** The day on which the mandate ends is that of the notice. */
const noticeGiven: FactsOf = (event) => {
  const after = event.payload['new'] as { readonly notice?: { readonly endsAt?: string } | null } | undefined;
  const endsAt = after?.notice?.endsAt;
  return [factOf(event, { kind: 'mandate_notice_given', ...(endsAt !== undefined && { date: endsAt }) })];
};

/** The subject is the party. */
const ofParty =
  (kind: NotificationKind): FactsOf =>
  (event) => [factOf(event, { kind, parties: { party: event.subjectId } })];

const payout =
  (kind: NotificationKind): FactsOf =>
  (event) => {
    const { payload } = event;
    const [itemId, party] = [textIn(payload, 'itemId'), textIn(payload, 'partyId')];
    const [amountMinor, currency] = [textIn(payload, 'amountMinor'), textIn(payload, 'currency')];
    if (itemId === null || party === null || amountMinor === null || currency === null) return [];
    const paidAt = textIn(payload, 'paidAt');
    const amount = { amountMinor, currency };
    const told = { kind, objectId: itemId, parties: { party }, doneBy: null, amount };
    return [factOf(event, { ...told, ...(paidAt !== null && { date: paidAt }) })];
  };

const salesHeld: FactsOf = (event) => {
  const { sales } = event.payload;
  return [factOf(event, { kind: 'sales_held', count: Array.isArray(sales) ? sales.length : 1 })];
};

const endpointDisabled: FactsOf = (event) => {
  const party = textIn(event.payload, 'partyId');
  return party === null ? [] : [factOf(event, { kind: 'webhook_endpoint_disabled', parties: { party } })];
};

const savedSearchMatched: FactsOf = (event) => {
  const { count } = event.payload;
  const [personId, party, name] = ['userId', 'partyId', 'name'].map((field) => textIn(event.payload, field));
  if (!personId || !party) return [];
  const found = typeof count === 'number' ? count : 1;
  const told = { kind: 'saved_search_matched', parties: { party }, personId, count: found } as const;
  return [factOf(event, { ...told, name: name ?? '' })];
};

/** What parties, discovery, payouts, sales and outgoing webhooks tell. */
export const PEOPLE_AND_MONEY_FACTS: Readonly<Record<string, (event: RecordedEvent) => readonly Fact[]>> = {
  'parties.mandate_requested': mandate('mandate_requested'),
  'parties.mandate_accepted': mandate('mandate_accepted'),
  'parties.mandate_declined': mandate('mandate_declined'),
  'parties.mandate_withdrawn': mandate('mandate_withdrawn'),
  'parties.mandate_notice_given': noticeGiven,
  'parties.mandate_notice_taken_back': mandate('mandate_notice_taken_back'),
  'parties.mandate_end_offered': mandate('mandate_end_offered'),
  'parties.mandate_ended': mandate('mandate_ended'),
  'parties.mandate_expired': mandate('mandate_expired'),
  'discovery.saved_search_matched': savedSearchMatched,
  'parties.member_invited': ofParty('member_invited'),
  'parties.payout_account_set': ofParty('payout_account_changed'),
  'payouts.batch_submitted': (event) => [factOf(event, { kind: 'payout_batch_submitted' })],
  'payouts.item_sent': payout('payout_sent'),
  'payouts.item_paid': payout('payout_paid'),
  'payouts.item_rejected': payout('payout_rejected'),
  'sales.sales_held': salesHeld,
  'webhooks.endpoint_disabled': endpointDisabled,
};
