import type { RecordedEvent } from '@evenhand/kernel';
import { toGlobalId } from '../../../../apps/api/src/graphql/types/global-id';
import { bodyOf } from '../application/public-events';
import { EVENT_TYPES } from '../domain/event-types';
import { OutboxPublicEvents, RECORDED_TYPES } from './outbox-public-events';

const ID = '0198c0de-0000-7000-8000-000000000001';
const AT = '2026-05-10T12:00:00.000Z';
const events = new OutboxPublicEvents();

function recorded(type: string, payload: Record<string, unknown>): RecordedEvent {
  return { eventId: '7', type, subjectId: ID, payload, recordedAt: new Date(AT) };
}

/** Whatever a payload may hold, and what nobody outside is to see. */
const EVERYTHING = {
  brandId: ID,
  influencerId: ID,
  dealId: ID,
  campaignId: ID,
  bidId: ID,
  agencyId: null,
  subjectId: ID,
  refundId: ID,
  orderCurrency: 'KWD',
  orderBaseMinor: '12345',
  conversion: { rate: '3/2', date: '2026-05-08', source: 'ECB' },
  currency: 'JPY',
  amountMinor: '1200',
  baseMinor: '90071992547409930',
  commissionMinor: '0',
  commissionReversedMinor: '5',
  cash: { amountMinor: '123456', currency: 'EUR' },
  commissionReserve: null,
  from: null,
  to: 'awaiting_funding',
  occurredAt: AT,
  note: 'between the two sides',
  approvedBy: ID,
  contentHash: 'abc',
};
/** As a list of sales and of refunds comes. */
const LISTS = { ...EVERYTHING, sales: [{ saleId: ID }], refunds: [{ refundId: ID, saleId: ID }] };

describe('what is told of an event', () => {
  it('is something for each type there is, and for each fact one type', () => {
    const types = RECORDED_TYPES.map((type) => events.describe(recorded(type, LISTS))?.type);
    expect([...types].sort()).toEqual([...EVENT_TYPES].sort());
  });

  it.each([
    'deals.policy_updated',
    'payouts.item_excluded',
    'payouts.batch_approved',
    'identity.signed_in',
    'ledger.holds_released',
  ])('is nothing for %s', (type) => {
    expect(events.describe(recorded(type, LISTS))).toBeNull();
  });

  it.each([...RECORDED_TYPES])('is of %s only what its table says', (type) => {
    const body = JSON.stringify(events.describe(recorded(type, LISTS))?.data());
    for (const secret of [EVERYTHING.note, EVERYTHING.contentHash, 'approvedBy', ID])
      expect(body).not.toContain(secret);
  });

  it('has ids and words of the API and exact amounts', () => {
    const deal = events.describe(recorded('deals.deal_accepted', LISTS));
    expect(deal?.data()[0]).toMatchObject({
      dealId: toGlobalId('deal', ID),
      agencyId: null,
      cash: { amount: '1234.56', currency: 'EUR' },
      commissionReserve: null,
      previousState: null,
      state: 'AWAITING_FUNDING',
      occurredAt: AT,
    });
    const refunds = [
      { refundId: ID, saleId: ID },
      { refundId: ID, saleId: ID, commissionReversedMinor: '6' },
    ];
    const told = events.describe(recorded('sales.refunds_recorded', { ...EVERYTHING, refunds }))?.data();
    expect(told?.[0]).toMatchObject({
      refundId: toGlobalId('refund', ID),
      saleId: toGlobalId('sale', ID),
      orderBase: { amount: '12.345', currency: 'KWD' },
      base: { amount: '90071992547409930', currency: 'JPY' },
      commissionReversed: { amount: '5', currency: 'JPY' },
    });
    expect(told?.map(({ commissionReversed }) => commissionReversed)).toMatchObject([{ amount: '5' }, { amount: '6' }]);
  });

  it('has of a sale both amounts, and the rate between them', () => {
    expect(events.describe(recorded('sales.sales_recorded', LISTS))?.data()[0]).toMatchObject({
      orderBase: { amount: '12.345', currency: 'KWD' },
      conversion: { rate: '3/2', date: '2026-05-08', source: 'ECB' },
      base: { amount: '90071992547409930', currency: 'JPY' },
      commission: { amount: '0', currency: 'JPY' },
    });
  });

  it('is a body with type, version, time and data', () => {
    const occurredAt = new Date(AT);
    expect(JSON.parse(bodyOf({ type: 'deal.funded', occurredAt, data: { dealId: 'deal_1' } }))).toEqual({
      type: 'deal.funded',
      version: 1,
      timestamp: AT,
      data: { dealId: 'deal_1' },
    });
  });
});
