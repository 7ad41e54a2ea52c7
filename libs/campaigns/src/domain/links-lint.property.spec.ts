import fc from 'fast-check';
import { lintOffPlatformLinks } from './links-lint';

/** What people write of products, with what looks like a link and is none. */
const NORMAL: Readonly<Record<'zh' | 'ja' | 'en' | 'fr', readonly string[]>> = {
  zh: [
    '今天背着小包去银座，阳光正好。',
    '微信用户也很喜欢这款手袋，真的很百搭。',
    '这个颜色在微光下特别好看，加微博话题一起聊',
    '春季新款手袋，分享你的日常穿搭。#广告',
    '一周三穿，羊毛外套的重点是领口。',
    '价格 ¥1299，活动价￥999，数量有限。',
    '加上一条丝巾，立刻不一样！',
    '尺寸是 24×16×8cm，重 0.5kg，装得下手机。',
    '第3.5代皮革，No.1 的手感',
    '点开图片看细节，评论区告诉我你喜欢哪个颜色',
    '品牌官方说今年秋天会有新色',
    '我在巴黎的店里第一次看到它，2026.03.01',
    '加V领毛衣很配，加一点香水更好',
    '加微笑就是最好的妆容',
    '主页还有更多穿搭，欢迎来看',
    '扫街的时候背它最合适，码数偏大',
    '淘了很久的宝贝，终于到手',
    '头像是我的猫，和包同色',
  ],
  ja: [
    '今日は小さなバッグで銀座へ。光がとてもきれいでした。',
    'ラインがきれいで、シルエットも美しい。',
    'バッグを自然光で撮影しました。#PR',
    '春の新作、2026.03.01 発売です。',
    'サイズは24×16×8cm、重さは0.5kg。',
    '価格は¥38,000(税込)。在庫は残り3点です。',
    'コードレスなので持ち運びも楽々。',
    'プロフィール写真でも使っているバッグです。',
    '友だちと一緒に選びました。友達にも好評！',
    '一番のポイントは軽さ。No.1の使い心地。',
    'ストーリーのあるものづくりが好きです。',
    'アイラインは控えめに、バッグを主役に。',
    'リンクコーデでお揃いにしました。',
    '電車でも邪魔にならない大きさです。',
    'コメントで好きな色を教えてください。',
    'ドット柄のワンピースに合わせました。',
  ],
  en: [
    'Show the purse in daylight, 3.5 cm strap, No.1 choice.',
    'I love it. It is light, and it holds everything.',
    'So soft! Me and my sister share it. Top marks.',
    'The shop in Paris smells of leather. Store it in its bag.',
    'Price ¥1200 or €39.00; order 20260301123456.',
    'Mention weibo and the e.g. of last year',
    'Comes with three straps (accessories) and a mirror (handcrafted).',
    'The lining is organic, the link of the chain is brass.',
    'My bio says I collect bags, and it is true.',
    'Line up the clasp and swipe the strap to the left.',
    'A dot of perfume and we go. Point taken!',
    'The code on the label says who sewed it.',
    'From 9 to 17 on 03.04.2026, sizes 34 36 38 40 42.',
    'It costs 100 EUR, and 1 000 000 people have seen it.',
    'Comment your favourite colour below. De rien!',
    'A story in every stitch. App design was my first job.',
    'The dot com years are back, says my mother.',
  ],
  fr: [
    'Un petit sac pour aller au marché. De plus, il est léger.',
    'Je l’adore. Me voilà conquise. Top qualité !',
    'Le coton bio de la doublure est si doux.',
    'Le lien en cuir est cousu main. Co-création avec une artisane.',
    'Taille 24 x 16 x 8 cm, poids 0,5 kg, prix 890,00 €.',
    'À retrouver en boutique dès le 01.03.2026.',
    'Mon point fort : la bandoulière. Es-tu prête ?',
    'Elle est née à Lyon. Fr ou Jp, le sac voyage partout.',
    'Un point net et régulier, comme on les aime.',
    'Le code couleur de la saison : rouge cerise.',
    'On glisse le téléphone dans la poche avant.',
    'Partenariat rémunéré. Merci à la maison !',
    'Dites-moi en commentaire votre couleur préférée.',
    'La ligne est pure, le fermoir discret.',
    'C’est dans ma liste depuis 10 ans, commande 20260301123456.',
    'Pour le profil parfait, portez-le haut.',
  ],
};

const TRICKS: readonly (readonly [kind: string, trick: string])[] = [
  ['wechat_id', '加V'],
  ['wechat_id', '加我薇信'],
  ['wechat_id', '➕v'],
  ['wechat_id', '加卫星聊'],
  ['wechat_id', '微信同号'],
  ['wechat_id', 'VX:purse2026'],
  ['wechat_id', 'ＷｅＣｈａｔ：purse2026'],
  ['wechat_id', 'add me on WeChat'],
  ['taobao_id', '淘宝口令'],
  ['taobao_id', '复制这条信息打开手机淘宝'],
  ['taobao_id', '桃宝搜小包'],
  ['taobao_id', '￥AbCd1234EfG￥'],
  ['qr_hint', '扫码下单'],
  ['qr_hint', '长按识别'],
  ['qr_hint', '二\u200B维码'],
  ['qr_hint', 'ＱＲコード'],
  ['qr_hint', 'コードを読み取ってね'],
  ['qr_hint', 'scan my code'],
  ['qr_hint', 'scannez le QR'],
  ['line_id', 'LINE追加してね'],
  ['line_id', '公式ＬＩＮＥ'],
  ['line_id', 'LINE ID: purse'],
  ['line_id', '友だち追加'],
  ['link_hint', 'プロフのリンク'],
  ['link_hint', 'ﾌﾟﾛﾌのﾘﾝｸ'],
  ['link_hint', 'リンクはプロフィールから'],
  ['link_hint', '主页链接'],
  ['link_hint', '链接在评论区'],
  ['link_hint', 'Link in bio'],
  ['link_hint', 'link in my bio'],
  ['link_hint', '#linkinbio'],
  ['link_hint', 'swipe up'],
  ['link_hint', 'lien en bio'],
  ['link_hint', 'Lien dans ma bio'],
  ['link_hint', 'balayez vers le haut'],
  ['phone', '138 1234 5678'],
  ['phone', '+33 6 12 34 56 78'],
  ['phone', '06 12 34 56 78'],
  ['phone', '090-1234-5678'],
  ['contact', 'WhatsApp me'],
  ['contact', 'hello@lumette.example'],
  ['url', 'wa.me/33612345678'],
  ['url', 'lumette点com'],
  ['url', 'lumette dot com'],
  ['url', 'lumette point com'],
  ['url', 'lumette(.)com'],
  ['url', 'lumette。com'],
  ['url', 'lumette . com'],
];

describe('normal texts', () => {
  it('are more than fifteen in each language', () => {
    for (const texts of Object.values(NORMAL)) expect(texts.length).toBeGreaterThan(15);
  });

  it.each(Object.values(NORMAL).flat())('are left alone: %s', (text) => {
    expect(lintOffPlatformLinks(text)).toEqual([]);
  });

  it('are left alone however they follow each other', () => {
    const text = fc.array(fc.constantFrom(...Object.values(NORMAL).flat()), { minLength: 1, maxLength: 5 });
    fc.assert(fc.property(text, (lines) => expect(lintOffPlatformLinks(lines.join('\n'))).toEqual([])));
  });
});

describe('each trick', () => {
  it.each(TRICKS)('is found: %s in “%s”', (kind, trick) => {
    expect(lintOffPlatformLinks(trick).map((finding) => finding.kind)).toContain(kind);
  });

  it('is found between normal texts, at its place', () => {
    const line = fc.constantFrom(...Object.values(NORMAL).flat());
    fc.assert(
      fc.property(line, fc.constantFrom(...TRICKS), line, (before, [kind, trick], after) => {
        const text = `${before}\n${trick}\n${after}`;
        const found = lintOffPlatformLinks(text).find((finding) => finding.kind === kind);
        const from = [...before].length + 1;
        expect(found?.start).toBeGreaterThanOrEqual(from);
        expect(found?.end).toBeLessThanOrEqual(from + [...trick].length);
      }),
    );
  });
});
