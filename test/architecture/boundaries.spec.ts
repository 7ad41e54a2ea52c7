import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

interface Findings {
  readonly modules: number;
  readonly violations: readonly { readonly rule: string; readonly from: string; readonly to: string }[];
}

const ROOT = resolve(__dirname, '../..');
const FIXTURES = join(__dirname, 'fixtures');
/** Below this the resolver has gone blind rather than the product small. */
const FEWEST_MODULES = 200;

const config: { readonly forbidden: readonly { readonly name: string }[] } = jest.requireActual(
  join(ROOT, '.dependency-cruiser.cjs'),
);
const rules = config.forbidden.map(({ name }) => name);
const fixtures = readdirSync(FIXTURES);
const findings = check([ROOT, ...fixtures.map((name) => join(FIXTURES, name))]);

function check(folders: readonly string[]): Readonly<Record<string, Findings>> {
  const output = execFileSync(process.execPath, [join(__dirname, 'cruise.mjs'), ...folders], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 ** 2,
  });
  return JSON.parse(output);
}

describe('the import table', () => {
  it('holds in the whole product', () => {
    expect(findings[ROOT]?.violations).toEqual([]);
    expect(findings[ROOT]?.modules).toBeGreaterThan(FEWEST_MODULES);
  });

  it('has a planted violation for each rule, and none for rules that are gone', () => {
    expect([...fixtures].sort()).toEqual([...rules].sort());
  });

  it.each(fixtures)('%s reports the violation planted for it, and no other rule does', (rule) => {
    const reported = findings[join(FIXTURES, rule)]?.violations.map((violation) => violation.rule);
    expect([...new Set(reported)]).toEqual([rule]);
  });
});
