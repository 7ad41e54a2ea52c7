import { NOW, sampleBrief, sampleLimits } from '../../../../test/support/campaigns/campaign-samples';
import type { Brief, CampaignLimits } from './brief';
import { assertValidBrief } from './brief-rules';
import { InvalidBrief, OffPlatformLink } from './errors';

function fieldsOf(brief: Brief, limits: CampaignLimits = sampleLimits()): readonly string[] {
  try {
    assertValidBrief(brief, limits, NOW);
    return [];
  } catch (error) {
    if (error instanceof InvalidBrief) return [...new Set(error.problems.map((problem) => problem.field))];
    throw error;
  }
}

const { products, deliverables, compensation, usageRights } = sampleBrief();
const [product] = products;
const [note] = deliverables;
const cash = compensation.cash[0];
const commission = compensation.commission[0];
if (!product || !note || !cash || !commission || !usageRights) throw new Error('The sample has changed.');

describe('assertValidBrief', () => {
  it('takes the sample', () => {
    expect(fieldsOf(sampleBrief())).toEqual([]);
  });

  const broken: readonly (readonly [string, Partial<Brief>, readonly string[]])[] = [
    ['a blank title', { title: '   ' }, ['title']],
    ['U+0000 in a text', { summary: 'a\u0000b' }, ['summary']],
    ['a title that reads backwards', { title: 'abc\u202Edef' }, ['title']],
    ['a lone surrogate', { title: 'abc\uD800' }, ['title']],
    ['no product', { products: [] }, ['products']],
    [
      'a price in no currency',
      { products: [{ ...product, retailPrice: { currency: 'XXY', amountMinor: 1n } }] },
      ['products.0.retailPrice'],
    ],
    ['no channel', { channels: [] }, ['channels']],
    ['a channel twice', { channels: ['weibo', 'weibo'] }, ['channels']],
    ['a market in lower case', { markets: ['cn'] }, ['markets.0']],
    ['a language that is none', { languages: ['chinese language'] }, ['languages.0']],
    ['a language not in canonical form', { languages: ['ZH-hans'] }, ['languages.0']],
    ['a category with blanks', { categories: ['Home textiles'] }, ['categories.0']],
    ['no deliverable', { deliverables: [] }, ['deliverables']],
    ['two deliverables of one key', { deliverables: [note, note] }, ['deliverables']],
    ['a day that does not exist', { deliverables: [{ ...note, dueOn: '2026-04-31' }] }, ['deliverables.0.dueOn']],
    ['work due before bids are', { deliverables: [{ ...note, dueOn: '2026-03-30' }] }, ['deliverables.0.dueOn']],
    ['no quantity', { deliverables: [{ ...note, quantity: 0 }] }, ['deliverables.0.quantity']],
    ['half a revision', { deliverables: [{ ...note, revisionsAllowed: 0.5 }] }, ['deliverables.0.revisionsAllowed']],
    ['no compensation', { compensation: { cash: [], gift: [], commission: [] } }, ['compensation']],
    [
      'a minimum above the maximum',
      { compensation: { ...compensation, cash: [{ ...cash, minimumMinor: 300_001n }] } },
      ['compensation.cash.0'],
    ],
    ['a currency twice', { compensation: { ...compensation, cash: [cash, cash] } }, ['compensation.cash']],
    [
      'cash without a budget',
      { compensation: { ...compensation, cash: [{ ...cash, currency: 'JPY' }] } },
      ['compensation.cash.0'],
    ],
    [
      'a rate above 1',
      { compensation: { ...compensation, commission: [{ ...commission, maximumRate: '1.01' }] } },
      ['compensation.commission.0.maximumRate'],
    ],
    [
      'a rate of zero',
      { compensation: { ...compensation, commission: [{ ...commission, minimumRate: '0' }] } },
      ['compensation.commission.0.minimumRate'],
    ],
    [
      'a rate with an exponent',
      { compensation: { ...compensation, commission: [{ ...commission, maximumRate: '1e-1' }] } },
      ['compensation.commission.0.maximumRate'],
    ],
    ['a deadline in the past', { bidDeadline: new Date('2026-02-28T00:00:00Z') }, ['bidDeadline']],
    ['a deadline that is no instant', { bidDeadline: new Date('never') }, ['bidDeadline']],
    ['rights that end before they begin', { usageRights: { ...usageRights, to: '2026-03-01' } }, ['usageRights.to']],
    ['rights for no medium', { usageRights: { ...usageRights, media: [] } }, ['usageRights.media']],
    ['no disclosure', { disclosureText: '' }, ['disclosureText']],
  ];

  it.each(broken)('refuses %s', (_name, changes, fields) => {
    expect(fieldsOf(sampleBrief(changes))).toEqual(fields);
  });

  it('refuses a budget below the least cash fee, a budget of nothing, and a currency budgeted twice', () => {
    expect(fieldsOf(sampleBrief(), { budgets: [{ currency: 'EUR', amountMinor: 49_999n }], dealCap: null })).toEqual([
      'compensation.cash.0',
    ]);
    const euro = { currency: 'EUR', amountMinor: 100_000n };
    expect(fieldsOf(sampleBrief(), { budgets: [euro, euro], dealCap: 0 })).toEqual(['budgets', 'dealCap']);
    expect(fieldsOf(sampleBrief(), { budgets: [{ ...euro, amountMinor: 0n }], dealCap: 1 })).toContain(
      'budgets.0.amount',
    );
  });

  it('names every problem at once', () => {
    expect(fieldsOf(sampleBrief({ title: '', markets: [], dealCap: 0 } as Partial<Brief>))).toEqual([
      'title',
      'markets',
    ]);
  });

  it('refuses a link in any text where the policy keeps to the platform, and takes it where it does not', () => {
    const leading = sampleBrief({ deliverables: [{ ...note, description: '加微信 purse_paris 领券' }] });
    expect(() => assertValidBrief(leading, sampleLimits(), NOW)).toThrow(OffPlatformLink);
    expect(fieldsOf({ ...leading, linksPolicy: 'links_allowed' })).toEqual([]);
  });
});
