import { attribute } from './attribution';
import type { DealLookup, RecordedClick } from './attribution-candidates';
import type { TrackedDeal } from './commission-terms';
import { saleEvent, trackedDeal } from '../../../../test/support/sales/tracked-deal';

const byCode = trackedDeal({ dealId: 'by-code' });
const byLink = trackedDeal({ dealId: 'by-link', commission: { attributionWindowDays: 7 } });

function lookup(
  codes: Record<string, TrackedDeal>,
  slugs: Record<string, TrackedDeal> = {},
  clicks: Record<string, RecordedClick> = {},
): DealLookup<TrackedDeal> {
  return { byCode: (code) => codes[code], byLinkSlug: (slug) => slugs[slug], clickById: (id) => clicks[id] };
}

describe('attribution', () => {
  it('lets the code beat the link', () => {
    const event = saleEvent({ code: 'YUKI', linkSlug: 'abc' });
    expect(attribute(event, lookup({ YUKI: byCode }, { abc: byLink }))).toMatchObject({
      attributed: true,
      deal: { dealId: 'by-code' },
      basis: 'code',
      decision: 'The code “YUKI” decides.',
    });
  });

  it('falls back to the link where the code is unknown, and says so', () => {
    const event = saleEvent({ code: 'TENOFF', linkSlug: 'ABC' });
    expect(attribute(event, lookup({}, { abc: byLink }))).toMatchObject({
      deal: { dealId: 'by-link' },
      basis: 'link',
      decision: 'The link “abc” decides.',
      candidates: [
        { value: 'TENOFF', outcome: 'unknown', reason: 'No deal of this brand has the code “TENOFF”.' },
        { value: 'abc', outcome: 'won', dealId: 'by-link' },
      ],
    });
  });

  it('tries further codes in their order', () => {
    const event = saleEvent({ code: 'SUMMER', additionalCodes: ['YUKI'] });
    expect(attribute(event, lookup({ YUKI: byCode }))).toMatchObject({ basis: 'code', value: 'YUKI' });
  });

  it.each([
    ['before the deal is active', '2026-04-30T23:59:59.999Z', false],
    ['at its first instant', '2026-05-01T00:00:00Z', true],
    ['just before its end', '2026-05-31T23:59:59.999Z', true],
    ['at its end', '2026-06-01T00:00:00Z', false],
  ])('%s', (_when, occurredAt, attributed) => {
    const deal = trackedDeal({ activeUntil: new Date('2026-06-01T00:00:00Z') });
    const event = saleEvent({ code: 'YUKI', occurredAt: new Date(occurredAt) });
    expect(attribute(event, lookup({ YUKI: deal })).attributed).toBe(attributed);
  });

  it('attributes nothing to a deal that is not funded yet', () => {
    const result = attribute(saleEvent({ code: 'YUKI' }), lookup({ YUKI: trackedDeal({ activeFrom: null }) }));
    expect(result).toMatchObject({ attributed: false, code: 'OUTSIDE_ACTIVE_PERIOD' });
  });

  it.each([
    ['2026-05-03T12:00:00Z', true],
    ['2026-05-03T11:59:59Z', false],
    ['2026-05-10T12:00:01Z', false],
  ])('counts a click at %s for an order a week later only within the window', (clickedAt, attributed) => {
    const event = saleEvent({ linkSlug: 'abc', clickedAt: new Date(clickedAt) });
    expect(attribute(event, lookup({}, { abc: byLink })).attributed).toBe(attributed);
  });

  it('says what is missing', () => {
    expect(attribute(saleEvent(), lookup({}))).toMatchObject({ code: 'NO_CODE_OR_LINK' });
    expect(attribute(saleEvent({ code: 'X' }), lookup({}))).toMatchObject({ code: 'UNKNOWN_CODE_OR_LINK' });
  });
});

describe('attribution by clicks', () => {
  const last = trackedDeal({ dealId: 'last', commission: { attributionWindowDays: 7 } });
  const lastToo = trackedDeal({ dealId: 'last-too', commission: { attributionWindowDays: 7 } });
  const first = trackedDeal({ dealId: 'first', commission: { attributionModel: 'first_click' } });
  const deals = { last, 'last-too': lastToo, first };
  // The order is of the tenth, at noon.
  const on = (linkSlug: keyof typeof deals, day: string, isFiltered = false): RecordedClick => ({
    linkSlug,
    clickedAt: new Date(`2026-05-${day}T12:00:00Z`),
    isFiltered,
  });
  const decided = (clicks: Record<string, RecordedClick>, change: Parameters<typeof saleEvent>[0] = {}) =>
    attribute(saleEvent({ clickIds: Object.keys(clicks), ...change }), lookup({ YUKI: byCode }, deals, clicks));
  const outcomes = (result: ReturnType<typeof decided>) =>
    result.attributed ? result.candidates.map(({ value, outcome }) => [value, outcome]) : result.code;

  it('goes by the last click, whatever the order in which they are named', () => {
    const result = decided({ b: on('last-too', '09'), a: on('last', '08') });
    expect(result).toMatchObject({
      deal: { dealId: 'last-too' },
      basis: 'click',
      value: 'last-too',
      rule: 'last_click',
      decision: 'The last click decides: on the link “last-too” at 2026-05-09T12:00:00.000Z.',
    });
    expect(outcomes(result)).toEqual([
      ['b', 'won'],
      ['a', 'beaten'],
    ]);
  });

  it('goes by the first click where the terms of its deal say so', () => {
    const result = decided({ a: on('first', '05'), b: on('last', '09') });
    expect(result).toMatchObject({ deal: { dealId: 'first' }, rule: 'first_click' });
    expect(outcomes(result)).toEqual([
      ['a', 'won'],
      ['b', 'beaten'],
    ]);
  });

  it('gives a deal that counts first clicks nothing for a later one', () => {
    const result = decided({ a: on('last', '05'), b: on('first', '09') });
    expect(result).toMatchObject({ deal: { dealId: 'last' }, rule: 'last_click' });
  });

  it('lets a code beat every click', () => {
    const result = decided({ a: on('last', '09') }, { code: 'YUKI' });
    expect(result).toMatchObject({ deal: { dealId: 'by-code' }, rule: 'code' });
    expect(outcomes(result)).toEqual([
      ['YUKI', 'won'],
      ['a', 'beaten'],
    ]);
  });

  it('lets a recorded click beat a link that the shop names, which decides without one', () => {
    const named = { linkSlug: 'last-too' };
    expect(decided({ a: on('last', '09') }, named)).toMatchObject({ deal: { dealId: 'last' }, rule: 'last_click' });
    expect(decided({}, named)).toMatchObject({ deal: { dealId: 'last-too' }, rule: 'stated_link' });
  });

  it.each([
    ['seven days before', on('last', '03'), true],
    ['longer before', { ...on('last', '03'), clickedAt: new Date('2026-05-03T11:59:59.999Z') }, false],
    ['after the order', { ...on('last', '10'), clickedAt: new Date('2026-05-10T12:00:00.001Z') }, false],
  ])('counts a click %s by the window of its own deal', (_when, click, attributed) => {
    const result = decided({ a: click }, { clickedAt: new Date('2026-05-09T12:00:00Z') });
    expect(result).toMatchObject(attributed ? { attributed } : { attributed, code: 'CLICK_TOO_OLD' });
  });

  it('takes the click before, where the last one does not count', () => {
    const result = decided({ a: on('last', '08'), b: on('last-too', '09', true), c: on('last-too', '01') });
    expect(result).toMatchObject({ deal: { dealId: 'last' } });
    expect(outcomes(result)).toEqual([
      ['a', 'won'],
      ['b', 'filtered'],
      ['c', 'outside_window'],
    ]);
  });

  it('says why no click decides', () => {
    expect(decided({ a: on('last', '09', true) })).toMatchObject({ code: 'FILTERED_CLICK' });
    expect(decided({}, { clickIds: ['x'] })).toMatchObject({ code: 'UNKNOWN_CLICK' });
    const elsewhere = { linkSlug: 'of another brand', clickedAt: new Date('2026-05-09T12:00:00Z'), isFiltered: false };
    expect(decided({ a: elsewhere })).toMatchObject({ code: 'UNKNOWN_CLICK' });
  });

  it('tells nothing of other deals in the decision', () => {
    const result = decided({ a: on('last', '08'), b: on('last-too', '09') }, { code: 'RIVAL', linkSlug: 'first' });
    expect(result.decision).not.toMatch(/RIVAL|first”|“last”/);
  });
});
