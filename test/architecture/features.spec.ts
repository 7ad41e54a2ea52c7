import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const PAGE = resolve(__dirname, '../../docs/features.md');
/** `[what the test says](file)`, as the last column of each row names its tests. */
const TEST = /\[([^\]]+)\]\(([^)#]+\.spec\.ts|[^)#]+-spec\.ts)\)/gu;

const rows = readFileSync(PAGE, 'utf8')
  .split('\n')
  .filter((line) => /^\| (?!-|feature)/u.test(line))
  .map((line) => [line.split('|')[1]?.trim() ?? '', line] as const);

describe('the page of features', () => {
  it('has rows', () => expect(rows.length).toBeGreaterThan(20));

  it.each(rows)('names tests that are there: %s', (_feature, row) => {
    const tests = [...row.matchAll(TEST)];
    expect(tests).not.toHaveLength(0);
    for (const [, title = '', file = ''] of tests) {
      const path = join(dirname(PAGE), file);
      expect([file, existsSync(path)]).toEqual([file, true]);
      // Titles hold straight or typographic apostrophes, and stand in quotes of either kind.
      expect(plain(readFileSync(path, 'utf8'))).toContain(plain(title));
    }
  });
});

function plain(text: string): string {
  return text.replaceAll(/\\?['’]/gu, "'").replaceAll(/\s+/gu, ' ');
}
