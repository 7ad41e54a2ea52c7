import fs from 'node:fs';
import path from 'node:path';
import { currentTestRun } from './test-run';

/** Something outside the repository that some tests need. */
export interface Need {
  /** As in "needs redis-server". */
  readonly what: string;
  readonly isMet: boolean;
  /** The command or setting that provides it. */
  readonly howToGet: string;
}

/**
 * A `describe` for tests with a need. Where it is not met they are skipped, and one line per run says so; where
 * REQUIRE_ALL=1 they fail instead, since a check that silently leaves something out proves nothing.
 */
export function describeWith(need: Need, name: string, tests: () => void): void {
  if (need.isMet) {
    describe(name, tests);
  } else if (process.env['REQUIRE_ALL'] === '1') {
    describe(name, () => {
      it(`needs ${need.what}`, () => {
        throw new Error(`${need.what} is missing, and REQUIRE_ALL=1 forbids skipping. To get it: ${need.howToGet}`);
      });
    });
  } else {
    announceOnce(need);
    describe.skip(name, tests);
  }
}

/** Past Jest's console, which would bury the line under a stack trace. */
function announceOnce(need: Need): void {
  const mark = path.join(currentTestRun().folder, `skipped-without-${need.what}`);
  if (fs.existsSync(mark)) return;
  fs.writeFileSync(mark, '');
  process.stderr.write(`\n*** SKIPPED: all tests that need ${need.what}. To run them: ${need.howToGet} ***\n\n`);
}
