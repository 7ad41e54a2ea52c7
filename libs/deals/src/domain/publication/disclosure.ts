import { plainText } from '@evenhand/kernel';
import { DisclosureMissing } from './errors';

interface LanguageRule {
  /** As a hashtag, in brackets, or as the label at the very beginning. */
  readonly marks: readonly string[];
  /** Words that say it in a sentence. */
  readonly phrases: readonly string[];
  /** Code points within which it must begin; null for anywhere. */
  readonly within: number | null;
}

/** What is seen of a caption before it is unfolded: about two lines on a telephone. */
const UNFOLDED = 125;

/**
 * The marketplace's rule, and no reading of any law: what counts as saying "this is advertising", beside the words of the
 * brief itself. In Chinese captions hashtags stand at the end by custom and are shown with the note, so they count anywhere;
 * elsewhere a reader must see it before unfolding the caption.
 */
export const DISCLOSURE_RULES: Readonly<Record<'zh' | 'ja' | 'en' | 'fr', LanguageRule>> = {
  zh: {
    marks: ['广告', '廣告', '合作', '商业合作', '品牌合作', '商務合作', '赞助', '贊助', '推广'],
    phrases: ['本文为广告', '本篇为广告', '本视频为广告', '含商业推广', '与品牌付费合作', '付费合作'],
    within: null,
  },
  ja: {
    marks: ['広告', 'pr', 'プロモーション', 'タイアップ', '提供', 'スポンサード', 'sponsored'],
    phrases: ['タイアップ投稿', '提供を受けて', 'タイアップです', '広告です', 'プロモーションを含みます', 'prです'],
    within: UNFOLDED,
  },
  en: {
    marks: ['ad', 'advert', 'advertisement', 'advertising', 'sponsored', 'paidpartnership', 'paid partnership'],
    phrases: ['paid partnership with', 'this is an ad', 'sponsored by', 'in paid partnership'],
    within: UNFOLDED,
  },
  fr: {
    marks: [
      'publicité',
      'pub',
      'sponsorisé',
      'partenariatrémunéré',
      'partenariat rémunéré',
      'collaborationcommerciale',
      'collaboration commerciale',
    ],
    phrases: ['partenariat rémunéré', 'collaboration commerciale', 'en collaboration rémunérée', 'sponsorisé par'],
    within: UNFOLDED,
  },
};

/** "#notanad", "pas une publicité", "不是广告" say the opposite. */
const DENIED_BEFORE =
  /(?:\bnot|\bno|\bnon|\bn'est|\bpas|\bsans|不是|并非|並非|不算|无|無|没有|沒有|非)(?:\s(?:an?|une?|de|en|a))?[\s#]*$/u;
const DENIED_AFTER = /^\s?(?:ではありません|ではない|じゃない|じゃありません)/u;

interface Accepted {
  /** All of them, each where it first stands. */
  readonly patterns: readonly RegExp[];
  readonly within: number | null;
}

export interface DisclosureAsks {
  /** Of the brief. */
  readonly text: string;
  /** BCP 47 tags of the brief. */
  readonly languages: readonly string[];
}

/** Throws DisclosureMissing where the caption lacks the brief's words and every equivalent in the brief's languages. */
export function requireDisclosure(caption: string, asks: DisclosureAsks): void {
  const rules = rulesOf(asks.languages);
  const within = widest(rules);
  const plain = folded(caption);
  const positions = acceptedBy(asks, rules, within).flatMap((accepted) => {
    const found = accepted.patterns.map((pattern) => positionOf(plain.text, pattern));
    if (found.includes(null)) return [];
    const last = Math.max(...found.map((at) => at ?? 0));
    return [{ isSeen: accepted.within === null || plain.placeOf(last, last + 1).start < accepted.within }];
  });
  if (positions.some(({ isSeen }) => isSeen)) return;
  const words = [asks.text, ...rules.flatMap(({ marks }) => marks.slice(0, 2).map((mark) => `#${mark}`))];
  throw new DisclosureMissing([...new Set(words)], positions.length > 0, within);
}

export function isDisclosed(caption: string, asks: DisclosureAsks): boolean {
  try {
    requireDisclosure(caption, asks);
    return true;
  } catch (error) {
    if (error instanceof DisclosureMissing) return false;
    throw error;
  }
}

function rulesOf(languages: readonly string[]): readonly LanguageRule[] {
  const known = languages.map((tag) => tag.split('-')[0] ?? '').filter(isKnown);
  return [...new Set(known)].map((language) => DISCLOSURE_RULES[language]);
}

function isKnown(language: string): language is keyof typeof DISCLOSURE_RULES {
  return language in DISCLOSURE_RULES;
}

/** The brief's own words may stand as far back as any of its languages allows. */
function widest(rules: readonly LanguageRule[]): number | null {
  const bounds = rules.map((rule) => rule.within);
  return bounds.length === 0 || bounds.includes(null) ? null : UNFOLDED;
}

function acceptedBy(
  { text }: DisclosureAsks,
  rules: readonly LanguageRule[],
  within: number | null,
): readonly Accepted[] {
  const ofLanguages = rules.flatMap((rule) => [
    ...rule.marks.map((mark) => ({ patterns: [markPattern(mark)], within: rule.within })),
    ...rule.phrases.map((phrase) => ({ patterns: [loosely(phrase)], within: rule.within })),
  ]);
  return [{ patterns: ownWords(text), within }, ...ofLanguages];
}

/** All hashtags of the brief's text, in any order; or the text itself, whatever its spaces. */
function ownWords(text: string): readonly RegExp[] {
  const plain = folded(text).text.trim();
  const isTags = plain.split(/\s+/u).every((word) => /^#[^#]+$/u.test(word));
  if (!isTags) return [loosely(plain)];
  return plain.split(/\s+/u).map((word) => new RegExp(hashtag(word.slice(1)), 'u'));
}

function hashtag(tag: string): string {
  return String.raw`#\s?${escaped(tag)}(?![\p{L}\p{N}_])`;
}

function markPattern(mark: string): RegExp {
  const word = escaped(folded(mark).text);
  const bracketed = String.raw`[【\[(〈《「]\s?${word}\s?[】\])〉》」]`;
  const label = String.raw`^\s*${word}\s?(?:[:|/・·—-]|\n|$)`;
  return new RegExp(`${hashtag(folded(mark).text)}|${bracketed}|${label}`, 'u');
}

/** Whole words, with any white space between them. */
function loosely(phrase: string): RegExp {
  const words = folded(phrase).text.trim().split(/\s+/u).map(escaped);
  return new RegExp(String.raw`(?<![a-zà-ÿ0-9_])${words.join(String.raw`\s*`)}(?![a-zà-ÿ0-9_])`, 'u');
}

/** Where it begins, the first time that it is not denied. */
function positionOf(text: string, pattern: RegExp): number | null {
  for (const match of text.matchAll(new RegExp(pattern, 'gu'))) {
    const isDenied = DENIED_BEFORE.test(text.slice(Math.max(0, match.index - 12), match.index));
    if (!isDenied && !DENIED_AFTER.test(text.slice(match.index + match[0].length))) return match.index;
  }
  return null;
}

function folded(text: string) {
  const plain = plainText(text);
  return { ...plain, text: lowered(plain.text) };
}

/** Lower case without a change of length, so that places stay what they are. */
function lowered(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : text;
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/gu, String.raw`\$&`);
}
