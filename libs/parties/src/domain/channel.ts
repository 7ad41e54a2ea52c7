import { type ChannelPlatform, InvalidInput } from '@evenhand/kernel';
import { parseCountry } from './checks';

export interface AudienceShare {
  /** A country for `countries`, e.g. "18-24" for `ages`, e.g. "female" for `genders`. */
  readonly segment: string;
  /** Whole percent, 0–100. */
  readonly percent: number;
}

export const AUDIENCE_PARTS = ['countries', 'ages', 'genders'] as const;
export type AudiencePart = (typeof AUDIENCE_PARTS)[number];

export interface Audience {
  readonly countries: readonly AudienceShare[];
  readonly ages: readonly AudienceShare[];
  readonly genders: readonly AudienceShare[];
}

export interface ChannelFacts {
  readonly platform: ChannelPlatform;
  readonly handle: string;
  readonly url: string;
  readonly followers: bigint;
  readonly audience: Audience;
}

export interface Channel extends ChannelFacts {
  readonly id: string;
  readonly influencerId: string;
  readonly updatedAt: Date;
}

export const EMPTY_AUDIENCE: Audience = { countries: [], ages: [], genders: [] };

const HANDLE =
  /^[^\s\p{Cc}\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff][^\p{Cc}\u202a-\u202e\u2060-\u2069]{0,63}$/u;
const MAX_FOLLOWERS = 10_000_000_000n;
const MAX_URL = 500;
const MAX_SEGMENTS = 20;
const SEGMENT = /^[\w<>+ -]{1,20}$/;

/** Throws `InvalidInput`. */
export function parseChannel(facts: ChannelFacts): ChannelFacts {
  const handle = facts.handle.normalize('NFC').trim().replace(/^@/, '');
  if (!HANDLE.test(handle)) throw new InvalidInput('handle', 'Write the account’s name, up to 64 characters.');
  if (facts.followers < 0n || facts.followers > MAX_FOLLOWERS) {
    throw new InvalidInput('followers', 'The number of followers is not possible.');
  }
  return { ...facts, handle, url: parseUrl(facts.url), audience: parseAudience(facts.audience) };
}

/** Only https, and nothing that hides where the link leads. */
function parseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const plain = url !== null && url.protocol === 'https:' && url.username === '' && url.password === '';
  if (!plain || url.href.length > MAX_URL) throw new InvalidInput('url', 'Write the channel’s https address.');
  return url.href;
}

function parseAudience(audience: Audience): Audience {
  return {
    countries: parseShares(audience.countries).map((share) => ({
      ...share,
      segment: parseCountry('audience.countries', share.segment),
    })),
    ages: parseShares(audience.ages),
    genders: parseShares(audience.genders),
  };
}

function parseShares(shares: readonly AudienceShare[]): readonly AudienceShare[] {
  const total = shares.reduce((sum, share) => sum + share.percent, 0);
  const possible = shares.every(
    ({ segment, percent }) => SEGMENT.test(segment) && Number.isInteger(percent) && percent >= 0,
  );
  const distinct = new Set(shares.map((share) => share.segment)).size === shares.length;
  if (!possible || !distinct || total > 100 || shares.length > MAX_SEGMENTS) {
    throw new InvalidInput('audience', 'Shares of an audience are whole percents of distinct segments, 100 at most.');
  }
  return shares;
}

/** A segment as channels write it; throws `InvalidInput`. */
export function parseSegment(part: AudiencePart, segment: string): string {
  if (part === 'countries') return parseCountry('audience', segment);
  if (SEGMENT.test(segment)) return segment;
  throw new InvalidInput('audience', 'Name a segment of an audience, such as 18-24 or female.');
}
