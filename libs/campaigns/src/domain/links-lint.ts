import { plainText } from '@evenhand/kernel';
import { LINK_RULES, type LinkFindingKind } from './link-rules';

/** A passage that leads off the platform. */
export interface LinkFinding {
  readonly kind: LinkFindingKind;
  /** As it reads after look-alike characters are undone, at most 60 characters. */
  readonly excerpt: string;
  /** Where it stands in the text as it was written: code points, `end` is the first one after it. */
  readonly start: number;
  readonly end: number;
}

const MAX_EXCERPT = 60;

/**
 * What in a text leads off the platform: URLs, hints at codes and links elsewhere, WeChat, Taobao and LINE ids, telephone
 * numbers and other contacts, as they are written in Chinese, Japanese, English and French. Full-width letters and
 * invisible characters are undone first, since they are how such links are hidden. In the order of the text; a passage
 * within another is told of once.
 */
export function lintOffPlatformLinks(text: string): readonly LinkFinding[] {
  const plain = plainText(text);
  const findings: LinkFinding[] = [];
  for (const { kind, pattern } of LINK_RULES) {
    for (const match of plain.text.matchAll(pattern)) {
      const excerpt = match[0].trim();
      const begin = match.index + match[0].indexOf(excerpt);
      const place = plain.placeOf(begin, begin + excerpt.length);
      const covered = findings.some((found) => found.start <= place.start && place.end <= found.end);
      if (!covered) findings.push({ kind, excerpt: excerpt.slice(0, MAX_EXCERPT), ...place });
    }
  }
  return findings.toSorted((one, other) => one.start - other.start);
}
