export type LinkFindingKind = 'url' | 'qr_hint' | 'wechat_id' | 'taobao_id' | 'contact';

/** A passage that leads off the platform, as it reads after look-alike characters are undone. */
export interface LinkFinding {
  readonly kind: LinkFindingKind;
  readonly excerpt: string;
}

const INVISIBLE = /[\u00AD\u200B-\u200F\u2060-\u2064\uFEFF\u180E]/gu;
const MAX_EXCERPT = 60;

const TOP_LEVEL =
  'com|cn|net|org|shop|store|io|co|jp|fr|eu|me|tv|cc|vip|top|link|xyz|app|ly|gl|tb|hk|tw|kr|uk|de|it|es';
// A domain's label must hold a letter, so that "3.5 cm" and "No.1" pass; "。" is how a dot is often disguised. The letter
// is looked for ahead, so that a label can be read in one way only: two ways each would be 2^n ways over a hostile text.
const LABEL = String.raw`(?=[0-9-]{0,62}[a-z])[a-z0-9-]{1,63}\s?[.。]\s?`;
const DOMAIN = String.raw`(?<![\w@.-])(?:${LABEL})+(?:${TOP_LEVEL})(?![a-z0-9-])(?:/\S*)?`;

const RULES: readonly { readonly kind: LinkFindingKind; readonly pattern: RegExp }[] = [
  { kind: 'url', pattern: /\b(?:https?|ftp|weixin|taobao|tbopen|snssdk\d*)\s?:\s?\/\/\S+/giu },
  { kind: 'url', pattern: /\bwww\.\S+/giu },
  { kind: 'url', pattern: new RegExp(DOMAIN, 'giu') },
  {
    kind: 'qr_hint',
    pattern:
      /扫码|扫一扫|扫描?(?:下方|图中)?(?:的)?[二维]维?码|二维码|掃碼|QRコード|\bqr[\s-]?codes?\b|\bscan (?:the|this|my|our) code\b/giu,
  },
  {
    kind: 'wechat_id',
    pattern:
      /(?:微信|薇信|威信|wechat|weixin|\bv信|\bwx|\bvx)\s?(?:号|id|帐号|账号)?\s?(?:[:=]|是|为|搜)?\s?[a-z][a-z0-9_-]{5,19}\b/giu,
  },
  { kind: 'wechat_id', pattern: /加(?:我|个|一下)?(?:微信|薇信|威信|微(?!博)|v信|vx|wx|v(?![a-z]))|公众号\s?[::]/giu },
  {
    kind: 'taobao_id',
    pattern:
      /[¥€$₤(][a-z0-9]{10,13}[¥€$₤)]|淘口令|(?:淘宝|天猫|taobao|tmall|\btb)\s?(?:店铺?|号|id|搜索?|shop|store)\s?[:=]?\s?\S+/giu,
  },
  {
    kind: 'contact',
    pattern:
      /\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}\b|(?<!\d)1[3-9]\d{9}(?!\d)|\bqq\s?(?:号|群)?\s?[:=]?\s?[1-9]\d{4,10}\b/giu,
  },
];

/**
 * What in a text leads off the platform: URLs, hints at QR codes, WeChat and Taobao ids, other contacts.
 * Full-width letters and invisible characters are undone first, since they are how such links are hidden.
 */
export function lintOffPlatformLinks(text: string): readonly LinkFinding[] {
  const plain = text.normalize('NFKC').replaceAll(INVISIBLE, '');
  const findings = new Map<string, LinkFinding>();
  for (const { kind, pattern } of RULES) {
    for (const match of plain.matchAll(pattern)) {
      const excerpt = match[0].trim().slice(0, MAX_EXCERPT);
      const covered = [...findings.values()].some((found) => found.excerpt.includes(excerpt));
      if (!covered) findings.set(excerpt, { kind, excerpt });
    }
  }
  return [...findings.values()];
}
