import { clickOf, type LinkTarget, type Visit } from './click';

const TARGET: LinkTarget = {
  brandId: 'brand',
  dealId: 'deal',
  influencerId: 'influencer',
  destination: 'https://shop.example.com/',
  attributionWindowDays: 7,
};

function visit(change: Partial<Visit> = {}): Visit {
  const clickedAt = new Date('2026-05-01T12:00:00Z');
  return { clickId: 'click', linkSlug: 'abc', clickedAt, isFiltered: false, referrer: null, ...change };
}

describe('a click', () => {
  it('is forgotten when no sale can be told of any more that it could decide', () => {
    expect(clickOf(visit(), TARGET).forgetAt).toEqual(new Date('2026-06-07T12:00:00Z'));
  });

  it.each([
    ['https://www.Xiaohongshu.com/explore/66?token=secret', 'www.xiaohongshu.com'],
    ['android-app://com.xingin.xhs/', 'com.xingin.xhs'],
    ['no address', null],
    ['about:blank', null],
    [`https://${'a'.repeat(254)}/`, null],
    [null, null],
  ])('keeps of the page %s its host alone', (referrer, host) => {
    const click = clickOf(visit({ referrer }), TARGET);
    expect(click).not.toHaveProperty('referrer');
    expect(click.referrerHost).toBe(host);
  });
});
