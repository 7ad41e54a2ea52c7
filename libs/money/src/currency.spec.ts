import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { CURRENCIES, currencyOf } from './currency';
import { UnknownCurrency } from './errors';

describe('the ISO 4217 table', () => {
  it('is exactly what the generator makes of the csv', () => {
    const generator = path.join(__dirname, '..', 'data', 'generate-iso4217.cjs');
    const printed = execFileSync(process.execPath, [generator, '--print'], { encoding: 'utf8' });
    expect(readFileSync(path.join(__dirname, 'iso4217.generated.ts'), 'utf8')).toBe(printed);
  });

  it('holds each code once, in three capital letters, with 0 to 4 decimals', () => {
    const codes = CURRENCIES.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    for (const { code, numericCode, minorUnitDigits, name } of CURRENCIES) {
      expect(code).toMatch(/^[A-Z]{3}$/);
      expect(numericCode).toMatch(/^\d{3}$/);
      expect([0, 2, 3, 4]).toContain(minorUnitDigits);
      expect(name).toBe(name.trim());
    }
  });

  it.each([
    ['JPY', 0, '392', 'Yen'],
    ['CNY', 2, '156', 'Yuan Renminbi'],
    ['EUR', 2, '978', 'Euro'],
    ['USD', 2, '840', 'US Dollar'],
    ['KWD', 3, '414', 'Kuwaiti Dinar'],
    ['ALL', 2, '008', 'Lek'],
  ])('knows %s with %i decimals', (code, minorUnitDigits, numericCode, name) => {
    expect(currencyOf(code)).toEqual({ code, minorUnitDigits, numericCode, name });
  });

  it.each(['DEM', 'BGN', 'HRK', 'XAU', 'XTS', 'XXX', 'eur', ' EUR', 'EUR\u0000', 'ＥＵＲ', '', 'constructor'])(
    'refuses %j: withdrawn, without a minor unit, or no code at all',
    (code) => {
      expect(() => currencyOf(code)).toThrow(UnknownCurrency);
    },
  );

  it('does not carry an endless code along in the error', () => {
    let details: unknown;
    try {
      currencyOf('E'.repeat(10_000));
    } catch (error) {
      details = (error as UnknownCurrency).details;
    }
    expect(details).toEqual({ currency: 'E'.repeat(16) });
  });
});
