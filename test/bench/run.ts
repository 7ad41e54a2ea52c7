/**
 * Benchmarks, each against its limit or a peer in the same run:
 *
 *     npm run bench -- [name] [--only group]… [--large] [--json] [--assert]
 *
 * --json prints one object a line; --assert exits 1 where a stated goal is missed.
 */
import { parseArgs } from 'node:util';
import { type Bench, type Line, lineOf } from './bench';
import { api } from './benches/api/api';
import { intake } from './benches/intake/intake';
import { ledger } from './benches/ledger/ledger';
import { money } from './benches/money';

const BENCHES: readonly Bench[] = [money, ledger, intake, api];

function chosenBenches(name: string | undefined): readonly Bench[] {
  if (name === undefined) return BENCHES;
  const chosen = BENCHES.filter((bench) => bench.name === name);
  if (chosen.length > 0) return chosen;
  throw new Error(`There is no bench "${name}". There are: ${BENCHES.map((bench) => bench.name).join(', ')}.`);
}

function show(line: Line): void {
  const ratio = line.ratio === null ? '' : `  ${line.ratio.toPrecision(3)} of ${format(line.limit ?? 0)}`;
  const verdict = line.met === null ? '' : `  ${line.met ? 'met' : 'MISSED'} (goal ${line.goal})`;
  console.log(`  ${line.case.padEnd(64)} ${format(line.value).padStart(8)} ${line.unit}${ratio}${verdict}`);
}

function format(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: 4 });
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean' },
      assert: { type: 'boolean' },
      only: { type: 'string', multiple: true },
      large: { type: 'boolean' },
    },
  });
  const options = {
    only: values.only ?? [],
    large: values.large ?? process.env['BENCH_LARGE'] === '1',
    onProgress: (step: string) => console.error(`  … ${step}`),
  };
  const lines: Line[] = [];
  for (const bench of chosenBenches(positionals[0])) {
    if (!values.json) console.log(`${bench.name}: ${bench.about}`);
    for await (const measurement of bench.run(options)) {
      const line = lineOf(bench.name, measurement);
      lines.push(line);
      if (values.json) console.log(JSON.stringify(line));
      else show(line);
    }
  }
  if (values.assert && lines.some((line) => line.met === false)) process.exitCode = 1;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(2);
});
