import { isDisclosed, requireDisclosure } from './disclosure';
import { DisclosureMissing } from './errors';

const asks = (text: string, ...languages: string[]) => ({ text, languages });
const FAR = 'x'.repeat(130);

describe('a caption discloses', () => {
  it.each([
    ['#广告', 'zh-Hans', '今天背小包去银座 #广告'],
    ['#广告', 'zh-Hans', '今天背小包去银座 ＃广告'],
    ['#广告', 'zh-Hans', '今天背小包去银座 # 广 告'.replace('广 告', '广告')],
    ['#广告', 'zh-Hans', '今天背小包去银座 #广\u200B告'],
    ['#广告', 'zh-Hans', '今天#广告[话题]# 去银座'],
    ['#广告', 'zh', '【广告】今天背小包去银座'],
    ['#广告', 'zh', '广告｜今天背小包去银座'],
    ['#广告', 'zh', '本文为广告，感谢品牌'],
    ['#广告', 'zh', '小包 #品牌合作'],
    ['#广告 #合作', 'zh', '小包 #合作 走走 #广告'],
    ['#PR', 'ja', '#ＰＲ 新作のバッグ'],
    ['#PR', 'ja', '［PR］新作のバッグ'],
    ['#PR', 'ja', '#広告 新作のバッグ'],
    ['#PR', 'ja', 'ブランド様より提供を受けて投稿しています'],
    ['#ad', 'en', '#Ad my new purse'],
    ['#ad', 'en', 'Ad: my new purse'],
    ['#ad', 'en', 'Paid partnership with Lumette. My new purse'],
    ['Publicité', 'fr', 'Publicité - mon nouveau sac'],
    ['Publicité', 'fr', 'Partenariat  rémunéré avec Lumette'],
    ['Publicité', 'fr', '#publicité mon nouveau sac'],
    ['Anzeige', 'de', `${FAR} Anzeige`],
  ])('%s in %s: %s', (text, language, caption) => {
    expect(isDisclosed(caption, asks(text, language))).toBe(true);
  });

  it.each([
    ['#广告', 'zh-Hans', '今天背小包去银座'],
    ['#广告', 'zh-Hans', '合作愉快，今天背小包去银座'],
    ['#广告', 'zh-Hans', '#广告牌 今天背小包去银座'],
    ['#广告', 'zh-Hans', '不是广告 #非广告'],
    ['本文为广告', 'zh', '不是本文为广告'],
    ['#ad', 'en', '#adidas shoes and my new purse'],
    ['#ad', 'en', 'Add this purse to your list, it had me'],
    ['#ad', 'en', 'This is not sponsored by anybody'],
    ['#ad', 'en', '#notsponsored #notanad'],
    ['Publicité', 'fr', 'Ceci n’est pas une publicité'],
    ['#PR', 'ja', '#プレゼント PRではありません'],
    ['#PR', 'ja', 'タイアップです'.replace('です', 'ではありません')],
    ['#PR', 'en', '#広告 my new purse'],
  ])('not: %s in %s: %s', (text, language, caption) => {
    expect(() => requireDisclosure(caption, asks(text, language))).toThrow(DisclosureMissing);
  });
});

describe('where it stands', () => {
  it.each(['ja', 'en', 'fr'])('counts in %s only where it is seen before the caption is unfolded', (language) => {
    const at = (before: number) => `${'あ'.repeat(before - 1)} #PR`;
    expect(isDisclosed(at(124), asks('#PR', language))).toBe(true);
    expect(() => requireDisclosure(at(125), asks('#PR', language))).toThrow(
      new DisclosureMissing(['#PR'], true, 125).message,
    );
  });

  it('counts code points of the caption as it was written, not of what it is read as', () => {
    const caption = `${'㍿'.repeat(124)}#PR`;
    expect(isDisclosed(caption, asks('#PR', 'ja'))).toBe(true);
  });

  it('counts anywhere in Chinese, and where Chinese is one of the languages', () => {
    expect(isDisclosed(`${FAR} #广告`, asks('#广告', 'zh-Hans'))).toBe(true);
    expect(isDisclosed(`${FAR} #广告`, asks('#广告', 'ja', 'zh'))).toBe(true);
    expect(isDisclosed(`${FAR} #ad`, asks('#广告', 'en', 'zh'))).toBe(false);
  });

  it('says what would be accepted', () => {
    const missing = {
      code: 'DISCLOSURE_MISSING',
      details: { accepted: ['#PR', '#広告', '#pr'], isLate: false, within: 125 },
    };
    expect(() => requireDisclosure('新作', asks('#PR', 'ja'))).toThrow(expect.objectContaining(missing));
  });
});
