import { CHANNEL_PLATFORMS, type ChannelPlatform } from '@evenhand/kernel';
import { LiveUrlNotAPost, LiveUrlOfAnotherChannel, LiveUrlOffCampaign } from './errors';
import { checkLivePost, type OwnChannel } from './live-post';

const channel = (
  platform: ChannelPlatform,
  handle: string,
  url = `https://${platform}.example/${handle}`,
): OwnChannel => ({
  id: `${platform}-${handle}`,
  platform,
  handle,
  url,
});

const HERS: readonly OwnChannel[] = [
  ...CHANNEL_PLATFORMS.map((platform) => channel(platform, 'mika.tokyo')),
  channel('xiaohongshu', '美佳', 'https://www.xiaohongshu.com/user/profile/5f0c0ffee0000000010000aa'),
  channel('weibo', '美佳在东京', 'https://weibo.com/u/1234567890'),
  channel('blog', 'Mika writes', 'https://www.mika.example/notes/'),
];

const check = (url: string, channels = HERS, platforms: readonly ChannelPlatform[] = CHANNEL_PLATFORMS) =>
  checkLivePost(new URL(url), { platforms, channels });

describe('an address that names a channel of hers', () => {
  it.each([
    ['https://www.tiktok.com/@mika.tokyo/video/7300000000000000001', 'tiktok:7300000000000000001'],
    ['https://www.tiktok.com/@MIKA.tokyo/video/7300000000000000001?lang=fr', 'tiktok:7300000000000000001'],
    ['https://www.tiktok.com/@mika.tokyo/live', 'tiktok:@mika.tokyo'],
    ['https://www.instagram.com/mika.tokyo/p/CabcDEF123/', 'instagram:CabcDEF123'],
    ['https://www.instagram.com/stories/mika.tokyo/3100000000000/', 'instagram:3100000000000'],
    ['https://x.com/mika.tokyo/status/1700000000000000000', 'x:1700000000000000000'],
    ['https://twitter.com/mika.tokyo/status/1700000000000000000', 'x:1700000000000000000'],
    ['https://www.facebook.com/mika.tokyo/posts/pfbid02abc', 'facebook:pfbid02abc'],
    ['https://www.twitch.tv/mika.tokyo', 'twitch:@mika.tokyo'],
    ['https://live.kuaishou.com/u/mika.tokyo', 'kuaishou:@mika.tokyo'],
    [
      'https://www.xiaohongshu.com/user/profile/5f0c0ffee0000000010000aa/65f0c0de000000001203f1aa',
      'xiaohongshu:65f0c0de000000001203f1aa',
    ],
    ['https://weibo.com/1234567890/NabcDEF12', 'weibo:NabcDEF12'],
    ['https://mika.example/notes/purse', 'blog:mika.example/notes/purse'],
  ])('proves the post: %s', (url, postKey) => {
    expect(check(url)).toMatchObject({ postKey, doubt: null, channelId: expect.any(String) });
  });
});

describe('an address that names no channel', () => {
  it.each([
    [
      'https://www.xiaohongshu.com/explore/65f0c0de000000001203f1aa?xsec_token=AB',
      'xiaohongshu:65f0c0de000000001203f1aa',
    ],
    ['https://www.xiaohongshu.com/discovery/item/65f0c0de000000001203f1aa', 'xiaohongshu:65f0c0de000000001203f1aa'],
    ['https://www.douyin.com/video/7300000000000000001', 'douyin:7300000000000000001'],
    ['https://live.douyin.com/80017709309', 'douyin:80017709309'],
    ['https://m.weibo.cn/status/4987654321', 'weibo:4987654321'],
    ['https://www.bilibili.com/video/BV1xx411c7mD/', 'bilibili:BV1xx411c7mD'],
    ['https://live.bilibili.com/22637261', 'bilibili:22637261'],
    ['https://www.kuaishou.com/short-video/3xabc', 'kuaishou:3xabc'],
    ['https://mp.weixin.qq.com/s/abcDEF-123', 'wechat:abcDEF-123'],
    ['https://www.instagram.com/reel/CabcDEF123/', 'instagram:CabcDEF123'],
    ['https://www.youtube.com/watch?list=PL1&v=dQw4w9WgXcQ', 'youtube:dQw4w9WgXcQ'],
    ['https://youtu.be/dQw4w9WgXcQ?si=x', 'youtube:dQw4w9WgXcQ'],
    ['https://www.youtube.com/shorts/dQw4w9WgXcQ', 'youtube:dQw4w9WgXcQ'],
    ['https://x.com/i/status/1700000000000000000', 'x:1700000000000000000'],
    ['https://www.twitch.tv/videos/1900000000', 'twitch:1900000000'],
    ['https://linevoom.line.me/post/1169000000000000000', 'line:1169000000000000000'],
  ])('proves nothing, so a person is to look: %s', (url, postKey) => {
    expect(check(url)).toMatchObject({ postKey, doubt: 'no_owner_in_address', channelId: null });
  });

  it.each([
    'https://xhslink.com/a/AbC1',
    'https://v.douyin.com/iAbC1/',
    'https://vm.tiktok.com/ZM1/',
    'https://b23.tv/AbC1',
  ])('is a short one: %s', (url) => expect(check(url)).toMatchObject({ doubt: 'short_link', channelId: null }));

  it('is one of a number that her channel is not listed by', () => {
    expect(check('https://weibo.com/9999999999/NabcDEF12').doubt).toBe('owner_not_comparable');
  });

  it('cannot be compared while she lists no channel there', () => {
    expect(check('https://www.tiktok.com/@mika.tokyo/video/73', []).doubt).toBe('channel_not_listed');
  });
});

describe('an address is refused', () => {
  it.each([
    'https://www.tiktok.com/@rival/video/7300000000000000001',
    'https://www.instagram.com/rival/p/CabcDEF123/',
    'https://x.com/mika.tokyo2/status/1700000000000000000',
    'https://x.com/mika.tоkyo/status/1700000000000000000',
  ])('that names another channel: %s', (url) => {
    expect(() => check(url)).toThrow(LiveUrlOfAnotherChannel);
  });

  it.each([
    'https://www.xiaohongshu.com/',
    'https://www.xiaohongshu.com/user/profile/5f0c0ffee0000000010000aa',
    'https://www.xiaohongshu.com/search_result?keyword=purse',
    'https://www.tiktok.com/@mika.tokyo',
    'https://www.instagram.com/mika.tokyo/',
    'https://www.youtube.com/@mika.tokyo',
    'https://www.youtube.com/mika_tokyo1',
    'https://www.youtube.com/watch?list=PL1',
    'https://xiaohongshu.com.evil.example/explore/65f0',
    'https://evilxiaohongshu.com/explore/65f0',
    'https://evil.example/?u=https://www.xiaohongshu.com/explore/65f0',
    'https://xhslink.com/',
    'https://t.co/AbC1',
    'https://mika.example/notes/',
    'https://mika.example/notesbook',
    'https://other.example/notes/purse',
  ])('that is no post: %s', (url) => {
    expect(() => check(url)).toThrow(LiveUrlNotAPost);
  });

  it('that is on a platform nobody asked for', () => {
    const url = 'https://www.youtube.com/shorts/dQw4w9WgXcQ';
    expect(() => check(url, HERS, ['xiaohongshu'])).toThrow(new LiveUrlOffCampaign('youtube', ['xiaohongshu']));
  });
});
