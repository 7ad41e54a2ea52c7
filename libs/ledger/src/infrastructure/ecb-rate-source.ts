import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { requireLocalDate } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { type FxRateRow, FxRateSource } from '../application/fx-rate-source';
import { UnreadableRates } from '../domain/errors';

const HISTORY = join('libs', 'ledger', 'data', 'ecb-eurofxref-hist.csv.gz');
const RATE = /^\d{1,12}(\.\d{1,12})?$/;

/** The European Central Bank's history of reference rates that comes with the product. */
@Injectable()
export class EcbRateSource extends FxRateSource {
  override readonly name = 'ECB';

  override async rows(): Promise<readonly FxRateRow[]> {
    const compressed = await readFile(findUpwards(__dirname, HISTORY));
    return this.read((await promisify(gunzip)(compressed)).toString('utf8'));
  }

  /** The CSV of the history, eurofxref-hist.csv, or any days of it under its header. */
  override read(file: string): readonly FxRateRow[] {
    const [header = '', ...lines] = file.replace(/^\uFEFF/, '').split('\n');
    const [date, ...currencies] = cellsOf(header);
    const isHeader = date === 'Date' && currencies.every((currency) => /^([A-Z]{3})?$/.test(currency));
    if (!isHeader) throw new UnreadableRates(1, 'a header of Date and currencies belongs here.');
    return lines.flatMap((line, index) => (line.trim() === '' ? [] : rowsOfDay(line, currencies, index + 2)));
  }
}

/** One line is a day; "N/A" and empty cells are currencies that had no rate that day. */
function rowsOfDay(line: string, currencies: readonly string[], lineNumber: number): readonly FxRateRow[] {
  const [date = '', ...cells] = cellsOf(line);
  if (!isDay(date)) throw new UnreadableRates(lineNumber, 'a day belongs in front, written YYYY-MM-DD.');
  return cells.flatMap((perEuro, index) => {
    if (perEuro === '' || perEuro === 'N/A') return [];
    const currency = currencies[index];
    if (currency && RATE.test(perEuro) && /[1-9]/.test(perEuro)) return [{ date, currency, perEuro }];
    throw new UnreadableRates(lineNumber, `"${perEuro.slice(0, 40)}" is no rate of a currency.`);
  });
}

function cellsOf(line: string): readonly string[] {
  return line.split(',').map((cell) => cell.trim());
}

function isDay(text: string): boolean {
  try {
    return requireLocalDate('date', text) === text;
  } catch {
    return false;
  }
}

/** The file lies beside the sources, wherever the compiled program lies below the project's root. */
function findUpwards(from: string, path: string): string {
  const candidate = join(from, path);
  if (existsSync(candidate)) return candidate;
  if (dirname(from) === from) throw new Error(`${path} is missing from the project.`);
  return findUpwards(dirname(from), path);
}
