import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { Injectable } from '@nestjs/common';
import { type FxRateRow, FxRateSource } from '../application/fx-rate-source';

const HISTORY = join('libs', 'ledger', 'data', 'ecb-eurofxref-hist.csv.gz');

/** The European Central Bank's history of reference rates that comes with the product. */
@Injectable()
export class EcbRateSource extends FxRateSource {
  override readonly name = 'ECB';

  override async rows(): Promise<readonly FxRateRow[]> {
    const compressed = await readFile(findUpwards(__dirname, HISTORY));
    const text = (await promisify(gunzip)(compressed)).toString('utf8');
    const [header = '', ...lines] = text.split('\n');
    const currencies = header.split(',').map((cell) => cell.trim());
    return lines.flatMap((line) => rowsOfDay(line, currencies));
  }
}

/** One line is a day; "N/A" and empty cells are currencies that had no rate that day. */
function rowsOfDay(line: string, currencies: readonly string[]): readonly FxRateRow[] {
  const [date = '', ...cells] = line.split(',').map((cell) => cell.trim());
  return cells.flatMap((perEuro, index) => {
    const currency = currencies[index + 1];
    return currency && /^\d+(\.\d+)?$/.test(perEuro) ? [{ date, currency, perEuro }] : [];
  });
}

/** The file lies beside the sources, wherever the compiled program lies below the project's root. */
function findUpwards(from: string, path: string): string {
  const candidate = join(from, path);
  if (existsSync(candidate)) return candidate;
  if (dirname(from) === from) throw new Error(`${path} is missing from the project.`);
  return findUpwards(dirname(from), path);
}
