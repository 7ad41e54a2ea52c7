import { CHANNEL_PLATFORMS, type ChannelPlatform } from '@evenhand/kernel';
import { LiveUrlNotAPost, LiveUrlOfAnotherChannel, LiveUrlOffCampaign } from './errors';
import { POST_PLACES } from './post-places';

/** A channel of the influencer, as far as an address can speak of it. */
export interface OwnChannel {
  readonly id: string;
  readonly platform: ChannelPlatform;
  readonly handle: string;
  readonly url: string;
}

/** Why an address does not prove whose post it is. */
export const POST_DOUBTS = ['short_link', 'no_owner_in_address', 'channel_not_listed', 'owner_not_comparable'] as const;
export type PostDoubt = (typeof POST_DOUBTS)[number];

export interface LivePost {
  readonly platform: ChannelPlatform;
  /** One per post, however its address is written. */
  readonly postKey: string;
  /** Her channel that the address names; null where it names none. */
  readonly channelId: string | null;
  /** Null where the address proves that the post is her channel's. */
  readonly doubt: PostDoubt | null;
}

interface Claim {
  readonly platform: ChannelPlatform;
  readonly postKey: string;
  readonly doubt: 'short_link' | null;
  /** As people write it; another one is another channel. */
  readonly handle: string | null;
  /** The platform's own number, which a channel may not be listed by. */
  readonly owner: string | null;
}

/**
 * Whose post an address says it is, from the address alone: it is never fetched. Throws LiveUrlNotAPost, LiveUrlOffCampaign,
 * LiveUrlOfAnotherChannel.
 */
export function checkLivePost(
  url: URL,
  { platforms, channels }: { readonly platforms: readonly ChannelPlatform[]; readonly channels: readonly OwnChannel[] },
): LivePost {
  const claim = claimOf(url) ?? blogPost(url, channels);
  if (!claim) throw new LiveUrlNotAPost();
  const { platform, postKey } = claim;
  if (!platforms.includes(platform)) throw new LiveUrlOffCampaign(platform, platforms);
  if ('channelId' in claim) return claim;
  const own = channels.filter((channel) => channel.platform === platform);
  return { platform, postKey, ...proofOf(claim, own) };
}

function proofOf(claim: Claim, own: readonly OwnChannel[]): Pick<LivePost, 'channelId' | 'doubt'> {
  const { handle, owner, doubt } = claim;
  if (doubt !== null) return { channelId: null, doubt };
  if (own.length === 0) return { channelId: null, doubt: 'channel_not_listed' };
  const named = handle ?? owner;
  if (named === null) return { channelId: null, doubt: 'no_owner_in_address' };
  const channel = own.find((candidate) => namesOf(candidate).has(folded(named)));
  if (channel) return { channelId: channel.id, doubt: null };
  if (handle === null) return { channelId: null, doubt: 'owner_not_comparable' };
  throw new LiveUrlOfAnotherChannel(claim.platform, handle);
}

function claimOf(url: URL): Claim | null {
  const place = url.hostname + decoded(url.pathname) + url.search;
  for (const platform of CHANNEL_PLATFORMS) {
    if (platform === 'blog') continue;
    const { hosts, posts, short } = POST_PLACES[platform];
    if (short?.test(url.hostname) === true && url.pathname.length > 1) {
      return {
        platform,
        postKey: `${platform}:${url.hostname}${url.pathname}`,
        doubt: 'short_link',
        handle: null,
        owner: null,
      };
    }
    if (!hosts.test(url.hostname)) continue;
    const groups = posts.map((post) => post.exec(place)?.groups).find((found) => found !== undefined);
    if (!groups) return null;
    const { id, handle = null, owner = null } = groups;
    // A live page has no number of its own: it is its channel's.
    return { platform, postKey: `${platform}:${id ?? `@${folded(handle ?? '')}`}`, doubt: null, handle, owner };
  }
  return null;
}

/** A page below the address of one of her blogs. */
function blogPost(url: URL, channels: readonly OwnChannel[]): LivePost | null {
  const blog = channels.find(({ platform, url: home }) => platform === 'blog' && isBelow(url, new URL(home)));
  if (!blog) return null;
  const postKey = `blog:${bareHost(url)}${url.pathname.replace(/\/$/, '')}${url.search}`;
  return { platform: 'blog', postKey, channelId: blog.id, doubt: null };
}

function isBelow(page: URL, home: URL): boolean {
  const root = home.pathname.endsWith('/') ? home.pathname : `${home.pathname}/`;
  const isOtherPage = page.pathname.length > root.length || page.search !== '';
  return bareHost(page) === bareHost(home) && page.pathname.startsWith(root) && isOtherPage;
}

/** Her handle, and what the address of her channel calls her. */
function namesOf({ handle, url }: OwnChannel): ReadonlySet<string> {
  const segments = URL.canParse(url) ? decoded(new URL(url).pathname).split('/') : [];
  return new Set([handle, ...segments].map(folded).filter((name) => name !== ''));
}

function folded(name: string): string {
  return name.normalize('NFKC').trim().replace(/^@/, '').toLowerCase();
}

function bareHost({ hostname }: URL): string {
  return hostname.replace(/^www\./, '');
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
