import type { ChannelPlatform } from '@evenhand/kernel';

/** Where posts of a platform are found. Groups of the patterns: `id` of the post, `handle` or `owner` of its channel. */
interface PostPlaces {
  readonly hosts: RegExp;
  /** Over host, path and query. */
  readonly posts: readonly RegExp[];
  /** Hosts of the platform's own short links, which say nothing of the post. */
  readonly short?: RegExp;
}

const ID = String.raw`(?<id>[\w-]{1,80})`;
const NUMBER = String.raw`(?<id>\d{1,30})`;
const HANDLE = String.raw`(?<handle>[\p{L}\p{N}_.-]{1,64})`;
const END = String.raw`\/?(?:[?#]|$)`;

function paths(...sources: readonly string[]): readonly RegExp[] {
  return sources.map((source) => new RegExp(`^[^/]+${source}${END}`, 'u'));
}

/** `v=` may stand anywhere in the query. */
const WATCH = new RegExp(String.raw`^[^/]+\/watch\/?\?(?:[^#]*&)?v=${ID}(?:[&#]|$)`, 'u');

/**
 * The forms of addresses that the platforms give to posts and livestreams. A blog has no form of its own: it is whatever its
 * channel says. LINE's are its timeline and VOOM.
 */
export const POST_PLACES: Readonly<Record<Exclude<ChannelPlatform, 'blog'>, PostPlaces>> = {
  xiaohongshu: {
    hosts: /^(?:www\.)?xiaohongshu\.com$/,
    posts: paths(
      String.raw`\/(?:explore|discovery\/item|livestream)\/${ID}`,
      String.raw`\/user\/profile\/(?<owner>[0-9a-f]{16,32})\/${ID}`,
    ),
    short: /^xhslink\.com$/,
  },
  douyin: {
    hosts: /^(?:(?:www|live)\.)?douyin\.com$|^www\.iesdouyin\.com$/,
    posts: paths(String.raw`(?:\/share)?\/(?:video|note)\/${NUMBER}`, String.raw`\/${NUMBER}`),
    short: /^v\.douyin\.com$/,
  },
  weibo: {
    hosts: /^(?:www\.)?weibo\.com$|^m\.weibo\.cn$/,
    posts: paths(
      String.raw`\/(?:detail|status)\/${ID}`,
      String.raw`\/(?<owner>\d{5,15})\/${ID}`,
      String.raw`\/l\/wblive\/p\/show\/(?<id>[\w:-]{1,80})`,
    ),
  },
  bilibili: {
    hosts: /^(?:(?:www|m|live|t)\.)?bilibili\.com$/,
    posts: paths(
      String.raw`\/video\/(?<id>BV[0-9A-Za-z]{8,12}|av\d{1,15})`,
      String.raw`\/(?:opus|read|dynamic)\/(?<id>(?:cv)?\d{1,20})`,
      String.raw`\/${NUMBER}`,
    ),
    short: /^b23\.tv$/,
  },
  kuaishou: {
    hosts: /^(?:(?:www|live)\.)?kuaishou\.com$/,
    posts: paths(String.raw`\/(?:short-video|fw\/photo)\/${ID}`, String.raw`\/u\/${HANDLE}`),
    short: /^v\.kuaishou\.com$/,
  },
  wechat: {
    hosts: /^mp\.weixin\.qq\.com$|^channels\.weixin\.qq\.com$/,
    posts: [
      ...paths(String.raw`\/s\/${ID}`, String.raw`\/(?:web\/)?pages\/(?:feed|live)\/${ID}`),
      /^[^/]+\/s\?(?:[^#]*&)?__biz=(?<owner>[\w=%]{4,40})&(?:[^#]*&)?mid=(?<id>\d{1,20})(?:[&#]|$)/u,
    ],
  },
  instagram: {
    hosts: /^(?:www\.)?instagram\.com$/,
    posts: paths(
      String.raw`\/(?:p|reel|reels|tv)\/${ID}`,
      String.raw`\/stories\/${HANDLE}\/${NUMBER}`,
      String.raw`\/${HANDLE}\/(?:p|reel)\/${ID}`,
      String.raw`\/${HANDLE}\/live(?:\/${NUMBER})?`,
    ),
  },
  tiktok: {
    hosts: /^(?:(?:www|m)\.)?tiktok\.com$/,
    posts: paths(String.raw`\/@${HANDLE}\/(?:video|photo)\/${NUMBER}`, String.raw`\/@${HANDLE}\/live`),
    short: /^v[mt]\.tiktok\.com$/,
  },
  youtube: {
    hosts: /^(?:(?:www|m)\.)?youtube\.com$|^youtu\.be$/,
    posts: [
      WATCH,
      ...paths(String.raw`\/(?:shorts|live)\/${ID}`, String.raw`\/@${HANDLE}\/live`),
      /^youtu\.be\/(?<id>[\w-]{11})\/?(?:[?#]|$)/u,
    ],
  },
  facebook: {
    hosts: /^(?:(?:www|m)\.)?facebook\.com$/,
    posts: [
      WATCH,
      ...paths(
        String.raw`\/reel\/${NUMBER}`,
        String.raw`\/${HANDLE}\/(?:posts|videos|photos)\/(?:[^/?#]{1,120}\/)?${ID}`,
      ),
    ],
    short: /^fb\.watch$/,
  },
  x: {
    hosts: /^(?:(?:www|mobile)\.)?(?:x|twitter)\.com$/,
    posts: paths(
      String.raw`\/i\/(?:web\/status|status|broadcasts|spaces)\/${ID}`,
      String.raw`\/${HANDLE}\/status\/${NUMBER}`,
    ),
  },
  twitch: {
    hosts: /^(?:(?:www|m|clips)\.)?twitch\.tv$/,
    posts: paths(
      String.raw`\/videos\/${NUMBER}`,
      String.raw`\/${HANDLE}\/(?:video|clip|v)\/${ID}`,
      String.raw`\/${HANDLE}`,
    ),
  },
  line: {
    hosts: /^(?:timeline|linevoom)\.line\.me$/,
    posts: paths(String.raw`\/post\/${ID}`, String.raw`\/user\/(?<owner>[\w-]{4,64})\/post\/${ID}`),
    short: /^lin\.ee$/,
  },
};
