import { attribute, type DealLookup } from './attribution';
import type { TrackedDeal } from './commission-terms';
import { saleEvent, trackedDeal } from '../../../../test/support/sales/tracked-deal';

const byCode = trackedDeal({ dealId: 'by-code' });
const byLink = trackedDeal({ dealId: 'by-link', commission: { attributionWindowDays: 7 } });

function lookup(codes: Record<string, TrackedDeal>, slugs: Record<string, TrackedDeal> = {}): DealLookup<TrackedDeal> {
  return { byCode: (code) => codes[code], byLinkSlug: (slug) => slugs[slug] };
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
      decision: 'No deal of this brand has the code “TENOFF”. The link “abc” decides.',
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
