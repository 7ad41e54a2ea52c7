import { saleEvent, trackedDeal } from '../../../../test/support/sales/tracked-deal';
import type { DealLookup } from './attribution-candidates';
import type { TrackedDeal } from './commission-terms';
import { attributeOrder } from './order-attribution';
import type { SaleEvent, SaleLine } from './sale-event';

const MEI = trackedDeal({ dealId: 'mei' });
const YUKI = trackedDeal({ dealId: 'yuki' });
const DEALS: Readonly<Record<string, TrackedDeal>> = {
  MEI,
  YUKI,
  LIVE: { ...MEI, kind: 'livestream_commission' },
  EARLY: trackedDeal({ dealId: 'early', activeFrom: null }),
};
const CLICKED = { linkSlug: 'yuki', clickedAt: new Date('2026-05-10T11:00:00Z'), isFiltered: false };
const LOOKUP: DealLookup<TrackedDeal> = {
  byCode: (code) => DEALS[code],
  byLinkSlug: (slug) => DEALS[slug.toUpperCase()],
  clickById: (id) => (id === 'click' ? CLICKED : undefined),
};

/** An order of one line for each of these claims. */
function order(lines: readonly Partial<SaleLine>[], change: Partial<SaleEvent> = {}): SaleEvent {
  return saleEvent({ lines: lines.map((claims) => ({ quantity: 1, unitPriceMinor: 10_00n, ...claims })), ...change });
}

function attributed(lines: readonly Partial<SaleLine>[], change: Partial<SaleEvent> = {}) {
  const result = attributeOrder(order(lines, change), LOOKUP);
  if (!result.attributed) return result;
  const parts = result.parts.map(({ attribution, lineNumbers }) => [attribution.deal.dealId, lineNumbers]);
  return { parts, unearned: result.unearned };
}

describe('whose the lines of an order are', () => {
  it('is one deal’s whole where no line claims anything', () => {
    expect(attributed([{}, {}], { code: 'MEI' })).toEqual({ parts: [['mei', null]], unearned: [] });
  });

  it('is told by each line’s own code, click or link', () => {
    const lines = [{ code: 'MEI' }, { clickIds: ['click'] }, { code: 'MEI' }, { linkSlug: 'Yuki' }];
    expect(attributed(lines)).toEqual({
      parts: [
        ['mei', [1, 3]],
        ['yuki', [2, 4]],
      ],
      unearned: [],
    });
  });

  it('is the order’s where a line has no claims, or they lead nowhere', () => {
    const lines = [{}, { code: 'YUKI' }, { code: 'TYPO' }, { code: 'EARLY' }];
    expect(attributed(lines, { code: 'MEI' })).toEqual({
      parts: [
        ['mei', [1, 3, 4]],
        ['yuki', [2]],
      ],
      unearned: [],
    });
  });

  it('is one deal’s whole where every line leads to it in its own way', () => {
    expect(attributed([{ code: 'YUKI' }, { clickIds: ['click'] }, {}], { linkSlug: 'yuki' })).toEqual({
      parts: [['yuki', null]],
      unearned: [],
    });
  });

  it('says of lines that no deal earned why, and does not count them', () => {
    expect(attributed([{ code: 'MEI' }, {}, { code: 'TYPO' }, { code: 'TYPO' }])).toEqual({
      parts: [['mei', [1]]],
      unearned: [
        { lineNumbers: [2], code: 'NO_CODE_OR_LINK', reason: 'The order names neither a code nor a click nor a link.' },
        { lineNumbers: [3, 4], code: 'UNKNOWN_CODE_OR_LINK', reason: 'No deal of this brand has the code “TYPO”.' },
      ],
    });
  });

  it('is nobody’s where no line is any deal’s, with every reason', () => {
    expect(attributed([{ code: 'EARLY' }, {}], { linkSlug: 'typo' })).toEqual({
      attributed: false,
      code: 'OUTSIDE_ACTIVE_PERIOD',
      decision:
        'Line 1: The deal of the code “EARLY” was not active yet when the order was placed. ' +
        'No deal of this brand has the link “typo”. Line 2: No deal of this brand has the link “typo”.',
    });
  });

  it('keeps the two kinds of one deal’s commission apart', () => {
    const result = attributeOrder(order([{ code: 'MEI' }, { code: 'LIVE' }]), LOOKUP);
    expect(result).toMatchObject({
      parts: [
        { lineNumbers: [1], attribution: { deal: { kind: 'note_commission' } } },
        { lineNumbers: [2], attribution: { deal: { kind: 'livestream_commission' } } },
      ],
    });
  });

  it('tells of each part what was looked at for its own lines alone, the order’s claims once', () => {
    const lines = [{ code: 'TYPO' }, { code: 'YUKI' }, {}, { code: 'OTHER' }];
    const result = attributeOrder(order(lines, { code: 'MEI' }), LOOKUP);
    const told = result.attributed
      ? result.parts.map(({ attribution }) =>
          attribution.candidates.map(({ value, outcome, lineNumbers }) => [value, outcome, lineNumbers]),
        )
      : [];
    expect(told).toEqual([
      [
        ['TYPO', 'unknown', [1]],
        ['MEI', 'won', undefined],
        ['OTHER', 'unknown', [4]],
      ],
      [['YUKI', 'won', [2]]],
    ]);
  });
});
