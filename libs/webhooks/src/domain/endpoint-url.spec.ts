import { checkEndpointUrl } from './endpoint-url';

const PUBLIC = { allowLocal: false };

describe('the URL of an endpoint', () => {
  it.each([
    ['https://hooks.shop.com/in?source=1', 'https://hooks.shop.com/in?source=1'],
    ['HTTPS://Hooks.Shop.com:443', 'https://hooks.shop.com/'],
    ['https://hooks.shop.com:8443/in', 'https://hooks.shop.com:8443/in'],
    ['https://bücher.com/in', 'https://xn--bcher-kva.com/in'],
  ])('%s is taken as %s', (given, taken) => {
    expect(checkEndpointUrl(given, PUBLIC)).toBe(taken);
  });

  it.each([
    'http://hooks.shop.com/in',
    'ftp://hooks.shop.com/in',
    'file:///etc/passwd',
    'hooks.shop.com',
    '',
    'https://user:secret@hooks.shop.com/',
    'https://token@hooks.shop.com/',
    'https://hooks.shop.com/in#part',
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://0177.0.0.1/',
    'https://①②⑦.0.0.1/',
    'https://8.8.8.8/',
    'https://[::1]/',
    'https://[2606:4700::1111]/',
    'https://localhost/',
    'https://localhost./',
    'https://api.localhost/',
    'https://redis:6379/',
    'https://metadata.google.internal/',
    'https://printer.local/',
    'https://hooks.shop.com:22/',
    'https://hooks.shop.com:80/',
    `https://hooks.shop.com/${'x'.repeat(2_000)}`,
  ])('%s is refused', (url) => {
    expect(() => checkEndpointUrl(url, PUBLIC)).toThrow(expect.objectContaining({ code: 'ENDPOINT_URL_REFUSED' }));
  });

  it('may be of this machine where a setting says so, and still holds no secret', () => {
    const local = { allowLocal: true };
    expect(checkEndpointUrl('http://127.0.0.1:80/in', local)).toBe('http://127.0.0.1/in');
    for (const url of ['ftp://127.0.0.1/', 'http://user:secret@127.0.0.1/']) {
      expect(() => checkEndpointUrl(url, local)).toThrow(expect.objectContaining({ code: 'ENDPOINT_URL_REFUSED' }));
    }
  });
});
