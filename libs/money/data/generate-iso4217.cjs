/**
 * Writes src/iso4217.generated.ts from data/iso4217.csv: the active currencies that have a minor unit.
 * The build copies no csv, so the table travels as code. Run from anywhere:
 *   node libs/money/data/generate-iso4217.cjs            rewrites the file
 *   node libs/money/data/generate-iso4217.cjs --print    prints what it would write
 */
const fs = require('node:fs');
const path = require('node:path');
const { parse } = require('csv-parse/sync');

const source = path.join(__dirname, 'iso4217.csv');
const target = path.join(__dirname, '..', 'src', 'iso4217.generated.ts');

/** One currency per code; a code that two entities describe differently is an error of the table. */
function activeCurrencies(csv) {
  const currencies = new Map();
  for (const row of parse(csv, { columns: true, bom: true })) {
    const isActive = row.AlphabeticCode !== '' && row.WithdrawalDate === '';
    // Gold, test codes and the like carry "-": no amount of them can be written in minor units.
    if (!isActive || !/^\d$/.test(row.MinorUnit)) continue;
    const currency = {
      code: row.AlphabeticCode,
      numericCode: row.NumericCode,
      minorUnitDigits: Number(row.MinorUnit),
      // The table has no-break spaces in a few names.
      name: row.Currency.replaceAll('\u00a0', ' ').trim(),
    };
    const known = currencies.get(currency.code);
    if (known && JSON.stringify(known) !== JSON.stringify(currency)) {
      throw new Error(`${currency.code} is described in two ways`);
    }
    currencies.set(currency.code, currency);
  }
  return [...currencies.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
}

function quoted(text) {
  return text.includes("'") ? JSON.stringify(text) : `'${text}'`;
}

function render(currencies) {
  const lines = currencies.map(
    ({ code, numericCode, minorUnitDigits, name }) =>
      `  { code: '${code}', numericCode: '${numericCode}', minorUnitDigits: ${minorUnitDigits}, name: ${quoted(name)} },`,
  );
  return [
    '// Generated from data/iso4217.csv by data/generate-iso4217.cjs. Do not edit.',
    '',
    '/** Active ISO 4217 currencies that have a minor unit, by code. */',
    'export const ISO_4217 = [',
    ...lines,
    '] as const;',
    '',
  ].join('\n');
}

const rendered = render(activeCurrencies(fs.readFileSync(source, 'utf8')));
if (process.argv.includes('--print')) process.stdout.write(rendered);
else fs.writeFileSync(target, rendered);
