import { lintOffPlatformLinks } from './links-lint';

const kindsIn = (text: string) => lintOffPlatformLinks(text).map((finding) => finding.kind);

describe('lintOffPlatformLinks', () => {
  it.each([
    ['see https://example.com/a?b=1', 'url'],
    ['www.purse-paris.example', 'url'],
    ['shop at purse-paris.fr/new', 'url'],
    ['打开 taobao://item/1', 'url'],
    ['ｗｗｗ．ｐｕｒｓｅ．ｃｏｍ', 'url'],
    ['pur\u200Bse.c\u200Bom', 'url'],
    ['purse。com', 'url'],
    ['扫描二维码领券', 'qr_hint'],
    ['扫码进群', 'qr_hint'],
    ['Scan the code below', 'qr_hint'],
    ['QRコードはこちら', 'qr_hint'],
    ['微信号:purse_paris', 'wechat_id'],
    ['WeChat ID: purse_paris', 'wechat_id'],
    ['vx purse2026', 'wechat_id'],
    ['加我微信', 'wechat_id'],
    ['加V', 'wechat_id'],
    ['公众号:巴黎手袋', 'wechat_id'],
    ['¥AbCd1234EfG¥', 'taobao_id'],
    ['复制淘口令', 'taobao_id'],
    ['淘宝店铺:巴黎手袋', 'taobao_id'],
    ['mail me: purse@paris.example', 'contact'],
    ['电话13812345678', 'phone'],
    ['QQ群:123456789', 'contact'],
  ])('finds what leads off the platform in %s', (text, kind) => {
    expect(kindsIn(text)).toContain(kind);
  });

  it.each([
    'Show the purse in daylight, 3.5 cm strap, No.1 choice.',
    '春季新款手袋,分享你的日常穿搭。#广告',
    '微信用户也很喜欢这款手袋',
    '一维和二维的图案都可以',
    'バッグを自然光で撮影してください。',
    'Price ¥1200 or €39.00; order 20260301123456.',
    'Mention weibo and the e.g. of last year',
    '加微博话题也可以',
  ])('leaves %s alone', (text) => {
    expect(lintOffPlatformLinks(text)).toEqual([]);
  });

  it('shows the passage', () => {
    expect(lintOffPlatformLinks('go to https://example.com/x now')).toEqual([
      { kind: 'url', excerpt: 'https://example.com/x', start: 6, end: 27 },
    ]);
  });

  it('says where the passage stands in the text as it was written, in code points', () => {
    const text = '👜👜 ｗｗ\u200Bｗ．ａ．ｃｏｍ か\u3099';
    const [finding] = lintOffPlatformLinks(text);
    expect(finding).toMatchObject({ kind: 'url', excerpt: 'www.a.com', start: 3, end: 13 });
    expect([...text].slice(finding?.start, finding?.end).join('')).toBe('ｗｗ\u200Bｗ．ａ．ｃｏｍ');
  });

  it('stays fast on hostile texts', () => {
    const began = performance.now();
    for (const piece of [
      'a.',
      'a-',
      '@a',
      '微信',
      '扫',
      'a.a-',
      '¥a',
      'qq ',
      ' .',
      '1 ',
      '0-',
      'line ',
      'a dot ',
      '复制',
      '+1',
      '加',
      'a点',
      '(a1',
      'link ',
    ])
      lintOffPlatformLinks(piece.repeat(2500));
    expect(performance.now() - began).toBeLessThan(1000);
  });
});
