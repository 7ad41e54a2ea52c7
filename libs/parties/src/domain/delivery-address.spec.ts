import { InvalidInput } from '@evenhand/kernel';
import { parseAddressLabel, parsePostalAddress, type PostalAddress } from './delivery-address';

const TOKYO: PostalAddress = {
  recipient: '田中 ゆき',
  lines: ['神南1-2-3', 'コーポ桜 402'],
  city: '渋谷区',
  region: '東京都',
  postalCode: '150-0041',
  country: 'jp',
  phone: '+81 90 0000 0000',
};

describe('a postal address', () => {
  it('is kept as it was written, without what is empty around it', () => {
    const given = { ...TOKYO, lines: [' 神南1-2-3 ', '', 'コーポ桜 402'], phone: ' ' };
    expect(parsePostalAddress(given)).toEqual({ ...TOKYO, country: 'JP', phone: null });
  });

  const faults: readonly (readonly [string, Partial<PostalAddress>])[] = [
    ['recipient', { recipient: '  ' }],
    ['recipient', { recipient: 'x'.repeat(101) }],
    ['recipient', { recipient: 'A\nB' }],
    ['lines', { lines: [] }],
    ['lines', { lines: ['a', 'b', 'c', 'd', 'e'] }],
    ['lines', { lines: ['x'.repeat(121)] }],
    ['city', { city: '' }],
    ['region', { region: 'x'.repeat(101) }],
    ['postalCode', { postalCode: '1'.repeat(21) }],
    ['country', { country: 'XX' }],
    ['phone', { phone: '1'.repeat(31) }],
  ];
  it.each(faults)('is refused for its %s, by name and without being repeated', (field, change) => {
    const parse = () => parsePostalAddress({ ...TOKYO, ...change });
    expect(parse).toThrow(InvalidInput);
    expect(parse).toThrow(expect.objectContaining({ details: { field } }));
    expect(parse).not.toThrow(/渋谷|神南/);
  });

  it.each(['', ' ', 'x'.repeat(41), 'a\tb'])('has no label %j', (label) => {
    expect(() => parseAddressLabel(label)).toThrow(InvalidInput);
  });
});
