import { InvalidLinkDestination } from './errors';
import { destinationWithClick, linkDestination } from './link-destination';

describe('the destination of a link', () => {
  it('is a public https page, in its normal form', () => {
    expect(linkDestination(' HTTPS://Shop.Example.com/包?utm_source=x#top ')).toBe(
      'https://shop.example.com/%E5%8C%85?utm_source=x#top',
    );
  });

  it.each([
    'http://shop.example.com/',
    'javascript:alert(1)',
    'https://user:secret@shop.example.com/',
    'https://localhost/',
    'https://10.0.0.1/',
    'https://[::1]/',
    '//shop.example.com',
    'shop.example.com',
    'https://shop.example.com/?eh_click=click_1',
  ])('is not %s', (text) => {
    expect(() => linkDestination(text)).toThrow(InvalidLinkDestination);
  });

  it.each([
    ['as it is', 'a'.repeat(2_048)],
    ['in its normal form', '包'.repeat(500)],
  ])('is not too long, %s', (_how, page) => {
    expect(() => linkDestination(`https://shop.example.com/${page}`)).toThrow(InvalidLinkDestination);
  });

  it.each([
    ['https://shop.example.com/', 'https://shop.example.com/?eh_click=click_1'],
    ['https://shop.example.com/?a=1&b=%20', 'https://shop.example.com/?a=1&b=%20&eh_click=click_1'],
    ['https://shop.example.com/bag#size?', 'https://shop.example.com/bag?eh_click=click_1#size?'],
  ])('%s is told the click and stays otherwise as it is', (destination, expected) => {
    expect(destinationWithClick(destination, 'click_1')).toBe(expected);
  });
});
