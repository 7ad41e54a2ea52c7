import type { RecordedEvent } from '@evenhand/kernel';
import { currencyOf, formatMoney } from '@evenhand/money';
import { wireIdOf } from './wire-id';

type Payload = RecordedEvent['payload'];
type Data = Readonly<Record<string, unknown>>;

export function dealData({ payload, recordedAt }: RecordedEvent): Data {
  return {
    ...sidesOf(payload),
    bidId: id('bid', payload['bidId']),
    agencyId: id('party', payload['agencyId']),
    cash: moneyIn(payload['cash']),
    commissionReserve: moneyIn(payload['commissionReserve']),
    ...changeOf(payload, recordedAt),
  };
}

export function deliverableData({ payload, recordedAt }: RecordedEvent): Data {
  const deliverableId = id('deliverable', payload['subjectId']);
  return { deliverableId, ...sidesOf(payload), ...changeOf(payload, recordedAt) };
}

export function giftData({ payload, recordedAt }: RecordedEvent): Data {
  return { giftId: id('gift', payload['subjectId']), ...sidesOf(payload), ...changeOf(payload, recordedAt) };
}

export function usageRightsData(event: RecordedEvent): Data {
  const { media, territory } = event.payload;
  return { ...sidesOf(event.payload), media, territory, ...datesOf(event) };
}

export function exclusivityData(event: RecordedEvent): Data {
  return { ...sidesOf(event.payload), category: event.payload['category'], ...datesOf(event) };
}

function datesOf({ payload, recordedAt }: RecordedEvent): Data {
  const { firstDay, lastDay, daysLeft } = payload;
  return { firstDay, lastDay, daysLeft, occurredAt: instantIn(payload, recordedAt) };
}

export function salesData({ payload, recordedAt }: RecordedEvent): readonly Data[] {
  return listed(payload, 'sales').map((sale) => saleData(sale, recordedAt));
}

/** That a sale is held or what was decided, and not why: both sides of the deal are told. */
export function reviewsData({ payload }: RecordedEvent): readonly Data[] {
  return listed(payload, 'sales').map(({ source, externalId, orderNumber, occurredAt, ...sale }) => ({
    saleId: id('sale', sale['saleId']),
    ...sidesOf(sale),
    source,
    externalId,
    orderNumber,
    review: word(sale['review']),
    occurredAt,
  }));
}

export function refundsData({ payload, recordedAt }: RecordedEvent): readonly Data[] {
  return listed(payload, 'refunds').map((refund) => refundData(refund, recordedAt));
}

function saleData(payload: Payload, recordedAt: Date): Data {
  const { source, externalId, orderNumber, attributedValue, conversion, occurredAt, releaseAt } = payload;
  return {
    saleId: id('sale', payload['saleId']),
    ...sidesOf(payload),
    kind: word(payload['kind']),
    source,
    externalId,
    orderNumber,
    attributedBy: word(payload['attributedBy']),
    attributedValue,
    orderBase: orderBaseIn(payload),
    conversion,
    base: money(payload, 'baseMinor'),
    commission: money(payload, 'commissionMinor'),
    occurredAt,
    recordedAt: recordedAt.toISOString(),
    releaseAt,
  };
}

function refundData(payload: Payload, recordedAt: Date): Data {
  const { source, externalId, occurredAt } = payload;
  return {
    refundId: id('refund', payload['refundId']),
    saleId: id('sale', payload['saleId']),
    ...sidesOf(payload),
    reason: word(payload['reason']),
    source,
    externalId,
    orderBase: orderBaseIn(payload),
    base: money(payload, 'baseMinor'),
    commissionReversed: money(payload, 'commissionReversedMinor'),
    occurredAt,
    recordedAt: recordedAt.toISOString(),
  };
}

export function bonusData({ subjectId, payload, recordedAt }: RecordedEvent): Data {
  return {
    bonusId: id('bonus', subjectId),
    ...sidesOf(payload),
    name: payload['bonusId'],
    amount: money(payload, 'amountMinor'),
    occurredAt: recordedAt.toISOString(),
  };
}

export function payoutData({ payload, recordedAt }: RecordedEvent): Data {
  const { endToEndId, reason, paidAt, bankReference } = payload;
  return {
    payoutId: id('payout', payload['itemId']),
    batchId: id('batch', payload['batchId']),
    payeeId: id('party', payload['partyId']),
    amount: money(payload, 'amountMinor'),
    endToEndId,
    state: word(payload['state']),
    reason,
    paidAt,
    bankReference,
    occurredAt: instantIn(payload, recordedAt),
  };
}

/** Each of a list, with what the event tells of all of them. */
function listed(payload: Payload, field: string): readonly Payload[] {
  return (payload[field] as readonly Payload[]).map((one) => ({ ...payload, ...one }));
}

function sidesOf(payload: Payload): Data {
  return {
    dealId: id('deal', payload['dealId']),
    campaignId: id('campaign', payload['campaignId']),
    brandId: id('party', payload['brandId']),
    influencerId: id('party', payload['influencerId']),
  };
}

function changeOf(payload: Payload, recordedAt: Date): Data {
  const { from, to } = payload;
  return { previousState: word(from), state: word(to), occurredAt: instantIn(payload, recordedAt) };
}

function id(prefix: string, uuid: unknown): string | null {
  return typeof uuid === 'string' ? wireIdOf(prefix, uuid) : null;
}

/** A word of ours as the API writes it: `NOTE_COMMISSION`. */
function word(value: unknown): string | null {
  return typeof value === 'string' ? value.toUpperCase() : null;
}

function money({ currency, ...payload }: Payload, field: string): Data | null {
  return moneyIn({ currency, amountMinor: payload[field] });
}

function orderBaseIn({ orderCurrency, orderBaseMinor }: Payload): Data | null {
  return moneyIn({ currency: orderCurrency, amountMinor: orderBaseMinor });
}

/** `{amount: "12.34", currency: "EUR"}` of minor units. */
function moneyIn(value: unknown): Data | null {
  if (typeof value !== 'object' || value === null || !('amountMinor' in value) || !('currency' in value)) return null;
  const currency = currencyOf(String(value.currency)).code;
  return { amount: formatMoney({ amountMinor: BigInt(String(value.amountMinor)), currency }), currency };
}

function instantIn({ occurredAt }: Payload, recordedAt: Date): string {
  return typeof occurredAt === 'string' ? occurredAt : recordedAt.toISOString();
}
