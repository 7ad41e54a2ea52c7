import type { RecordedEvent } from '@evenhand/kernel';
import { NOTIFICATION_KINDS } from '../kinds';
import { factsOf, HEARD_TYPES } from './index';

const SHE = '0199a000-0000-7000-8000-000000000001';
const PAYLOAD = {
  brandId: 'brand',
  influencerId: 'influencer',
  agencyId: 'agency',
  partyId: 'party',
  campaignId: 'campaign',
  dealId: 'deal',
  subjectId: 'part',
  userId: 'user',
  itemId: 'item',
  amountMinor: '1',
  currency: 'EUR',
};

function event(type: string, payload: Readonly<Record<string, unknown>> = {}): RecordedEvent {
  return { eventId: '7', type, subjectId: 'subject', payload: { ...PAYLOAD, ...payload }, recordedAt: new Date(0) };
}

describe('the facts of events', () => {
  it('tell every kind there is', () => {
    const ended = ['campaign_closed', 'campaign_cancelled'].map((reason) => event('campaigns.bid_expired', { reason }));
    const facts = [...HEARD_TYPES.map((type) => event(type)), ...ended].flatMap(factsOf);
    expect(new Set(facts.map(({ kind }) => kind))).toEqual(new Set(NOTIFICATION_KINDS));
  });

  it('are none of events that nobody is told of', () => {
    expect(factsOf(event('identity.signed_in'))).toEqual([]);
  });

  it('say who did it, and nobody where it was a job', () => {
    expect(factsOf(event('deals.deal_funded', { by: SHE }))).toMatchObject([
      { doneBy: SHE, key: 'event:7:deal_funded' },
    ]);
    expect(factsOf(event('deals.gift_overdue', { by: 'system' }))).toMatchObject([{ doneBy: null, objectId: 'part' }]);
  });

  it.each([
    ['campaigns.bid_submitted', 'influencer', 'brand'],
    ['campaigns.bid_countered', 'brand', 'influencer'],
    ['campaigns.bid_countered', 'influencer', 'brand'],
    ['campaigns.bid_accepted', 'influencer', 'influencer'],
    ['campaigns.bid_accepted', 'brand', 'brand'],
  ])('%s with an offer by the %s are told to the %s', (type, offerSide, toldSide) => {
    expect(factsOf(event(type, { offerSide }))).toMatchObject([{ toldSide }]);
  });

  it('of a comment are about its deliverable, by its author', () => {
    const written = event('deals.comment_written', { deliverableId: 'note', authorId: SHE });
    expect(factsOf(written)).toMatchObject([{ kind: 'version_commented', objectId: 'note', doneBy: SHE }]);
  });

  it('of a term with dates name its last day', () => {
    const ending = event('deals.usage_rights_ending', { lastDay: '2026-05-09', by: 'system' });
    expect(factsOf(ending)).toMatchObject([{ kind: 'usage_rights_ending', date: '2026-05-09', doneBy: null }]);
  });

  it('of a bid that ended with its campaign are those of the campaign', () => {
    expect(factsOf(event('campaigns.bid_expired', { reason: 'offer_expired' }))).toMatchObject([
      { kind: 'bid_expired' },
    ]);
    expect(factsOf(event('campaigns.bid_expired', { reason: 'campaign_cancelled' }))).toMatchObject([
      { kind: 'campaign_cancelled', objectId: 'campaign' },
    ]);
  });

  it('of a review that is blind wait until it may be read; the second one opens both', () => {
    const occurredAt = '2026-03-01T00:00:00.000Z';
    const blind = { side: 'brand', occurredAt, visibleFrom: '2026-03-15T00:00:00.000Z', by: SHE };
    expect(factsOf(event('deals.review_written', blind))).toMatchObject([
      { toldSide: 'influencer', key: 'review:subject:brand', notBefore: new Date(blind.visibleFrom), doneBy: SHE },
    ]);
    const second = { side: 'influencer', occurredAt, visibleFrom: occurredAt, by: SHE };
    expect(factsOf(event('deals.review_written', second))).toMatchObject([
      { toldSide: 'brand', key: 'review:subject:influencer', notBefore: new Date(occurredAt), doneBy: SHE },
      { toldSide: 'influencer', key: 'review:subject:brand', notBefore: new Date(occurredAt), doneBy: null },
    ]);
  });

  it('of payouts carry the amount; what names no payee tells nobody', () => {
    expect(factsOf(event('payouts.item_paid', { paidAt: '2026-03-01' }))).toMatchObject([
      {
        objectId: 'item',
        parties: { party: 'party' },
        amount: { amountMinor: '1', currency: 'EUR' },
        date: '2026-03-01',
      },
    ]);
    expect(factsOf(event('payouts.item_paid', { partyId: null }))).toEqual([]);
  });

  it('of notice say on which day the mandate ends', () => {
    const notice = { endsAt: '2026-05-01T00:00:00.000Z' };
    expect(factsOf(event('parties.mandate_notice_given', { new: { notice } }))).toMatchObject([
      { date: notice.endsAt },
    ]);
  });

  it('of a saved search are for whoever saved it, and say how much it found', () => {
    expect(factsOf(event('discovery.saved_search_matched', { name: 'Bags', count: 3 }))).toMatchObject([
      { personId: 'user', parties: { party: 'party' }, name: 'Bags', count: 3 },
    ]);
    expect(factsOf(event('discovery.saved_search_matched', { userId: null }))).toEqual([]);
  });

  it('of sales that are held count them', () => {
    expect(factsOf(event('sales.sales_held', { sales: [{}, {}, {}] }))).toMatchObject([{ count: 3 }]);
  });
});
