import type { ChannelPlatform } from '@evenhand/kernel';

export type ExplosiveRule = 'likes' | 'share_of_followers';

interface Bounds {
  /** So many likes make a note explosive, whenever they are read. */
  readonly likes: bigint;
  /** Fewer likes do so where they are many for the channel, and came soon. */
  readonly leastLikes: bigint;
}

/** Likes per follower, in hundredths. */
const PERCENT_OF_FOLLOWERS = 5n;
const SOON_MS = 7 * 86_400_000;

/**
 * The marketplace's rule of what an explosive note (爆款笔记) is: so many likes as are rare on the platform; or likes of 5 % of
 * the channel's followers, and a least number of them, read within seven days of publication. Short videos are liked in
 * passing, so that platforms of these ask for more.
 */
export const EXPLOSIVE_BOUNDS: Readonly<Record<ChannelPlatform, Bounds>> = {
  xiaohongshu: { likes: 10_000n, leastLikes: 1_000n },
  douyin: { likes: 100_000n, leastLikes: 10_000n },
  kuaishou: { likes: 100_000n, leastLikes: 10_000n },
  tiktok: { likes: 100_000n, leastLikes: 10_000n },
  weibo: { likes: 20_000n, leastLikes: 2_000n },
  bilibili: { likes: 20_000n, leastLikes: 2_000n },
  wechat: { likes: 5_000n, leastLikes: 500n },
  instagram: { likes: 50_000n, leastLikes: 5_000n },
  youtube: { likes: 50_000n, leastLikes: 5_000n },
  facebook: { likes: 20_000n, leastLikes: 2_000n },
  x: { likes: 20_000n, leastLikes: 2_000n },
  twitch: { likes: 10_000n, leastLikes: 1_000n },
  line: { likes: 5_000n, leastLikes: 500n },
  blog: { likes: 5_000n, leastLikes: 500n },
};

export interface NoteReading {
  readonly kind: string;
  readonly platform: ChannelPlatform;
  readonly likes: bigint | null;
  /** Of the channel; null where it is not listed. */
  readonly followers: bigint | null;
  readonly publishedAt: Date;
  readonly readAt: Date;
}

/** By which rule the reading makes the note explosive; null where it does not. Livestreams and stories are no notes. */
export function explosiveBy(reading: NoteReading): ExplosiveRule | null {
  const { kind, platform, likes, followers, publishedAt, readAt } = reading;
  const isNote = kind === 'image_note' || kind === 'video_note';
  if (!isNote || likes === null) return null;
  const bounds = EXPLOSIVE_BOUNDS[platform];
  if (likes >= bounds.likes) return 'likes';
  const isSoon = readAt.getTime() - publishedAt.getTime() <= SOON_MS;
  const isMuch = followers !== null && followers > 0n && likes * 100n >= followers * PERCENT_OF_FOLLOWERS;
  return isSoon && isMuch && likes >= bounds.leastLikes ? 'share_of_followers' : null;
}
