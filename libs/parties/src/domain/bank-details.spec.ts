import { InvalidInput } from '@evenhand/kernel';
import { maskedHint, parseHolder, parsePlainAccount } from './bank-details';
import { InvalidBankDetails } from './errors';

describe('maskedHint', () => {
  it('shows four characters of an IBAN', () => {
    const iban = 'FR7630006000011234567890189';
    expect(maskedHint({ holder: 'A', iban, country: 'FR' })).toBe('FR ···· 0189');
  });

  it('never shows more than a third of a short number', () => {
    expect(maskedHint({ holder: 'A', accountNumber: '1234567', bankCode: '0005123', country: 'JP' })).toBe(
      'JP ···· 67',
    );
    expect(maskedHint({ holder: 'A', accountNumber: '1234', bankCode: '123', country: 'US' })).toBe('US ···· 4');
  });
});

describe('parsePlainAccount', () => {
  it('drops what people write between digits', () => {
    expect(parsePlainAccount('123-4567', '0005 123')).toEqual({ accountNumber: '1234567', bankCode: '0005123' });
  });

  it.each([
    ['', '123456'],
    ['12345678', ''],
    ['123', '123456'],
    ['12345678', '1'.repeat(15)],
    ['1'.repeat(35), '123456'],
    ['=1+1=2345', '123456'],
    ['１２３４５６７', '123456'],
  ])('refuses %j at bank %j', (accountNumber, bankCode) => {
    expect(() => parsePlainAccount(accountNumber, bankCode)).toThrow(InvalidBankDetails);
  });
});

describe('parseHolder', () => {
  it.each(['', ' ', 'x'.repeat(71), 'a\nb', 'a\0b', 'a\u202eb'])('refuses %j', (holder) => {
    expect(() => parseHolder(holder)).toThrow(InvalidInput);
  });
});
