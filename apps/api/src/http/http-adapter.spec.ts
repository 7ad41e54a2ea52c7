import { readSettings } from '@evenhand/platform';
import { httpAdapter } from './http-adapter';

/** The address that the API sees of a request from 203.0.113.9, through proxies of its own at 10.0.0.x. */
async function addressSeen(hops: string, remoteAddress: string, forwarded: string): Promise<string> {
  const env = { DATABASE_URL: 'postgres://none.invalid/none', NODE_ENV: 'production', TRUST_PROXY_HOPS: hops };
  const fastify = httpAdapter(readSettings(env)).getInstance();
  fastify.get('/', (request, reply) => reply.send(request.ip));
  const answer = await fastify.inject({ url: '/', remoteAddress, headers: { 'x-forwarded-for': forwarded } });
  await fastify.close();
  return answer.body;
}

describe('the address of a client', () => {
  it('is the connection’s where no proxy is trusted, whatever the client writes', async () => {
    expect(await addressSeen('0', '203.0.113.9', '198.51.100.1')).toBe('203.0.113.9');
  });

  it('is what the trusted proxies saw, not what the client made them pass on', async () => {
    expect(await addressSeen('1', '10.0.0.1', '198.51.100.1, 203.0.113.9')).toBe('203.0.113.9');
    expect(await addressSeen('2', '10.0.0.2', '198.51.100.1, 203.0.113.9, 10.0.0.1')).toBe('203.0.113.9');
  });
});
