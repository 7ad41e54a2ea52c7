import Redis from 'ioredis';
import { describeWithRedis, startTestRedis } from './start-test-redis';

describeWithRedis('startTestRedis', () => {
  it('gives each caller a server of its own, append-only, gone after stop', async () => {
    const [first, second] = await Promise.all([startTestRedis(), startTestRedis()]);
    const client = new Redis(first.url, { retryStrategy: null });
    const other = new Redis(second.url, { retryStrategy: null });
    await client.set('mine', '1');
    expect(await other.get('mine')).toBeNull();
    expect(await client.config('GET', 'appendonly')).toEqual(['appendonly', 'yes']);
    await Promise.all([client.quit(), other.quit()]);
    await Promise.all([first.stop(), second.stop()]);
    const late = new Redis(first.url, { lazyConnect: true, retryStrategy: null });
    late.on('error', () => undefined);
    await expect(late.connect()).rejects.toThrow();
  });
});
