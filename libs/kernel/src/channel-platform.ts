/** Where influencers have channels and campaigns want to be seen: one list, so that one can be searched by the other. */
export const CHANNEL_PLATFORMS = [
  'xiaohongshu',
  'douyin',
  'weibo',
  'bilibili',
  'kuaishou',
  'wechat',
  'instagram',
  'tiktok',
  'youtube',
  'facebook',
  'x',
  'twitch',
  'line',
  'blog',
] as const;
export type ChannelPlatform = (typeof CHANNEL_PLATFORMS)[number];
