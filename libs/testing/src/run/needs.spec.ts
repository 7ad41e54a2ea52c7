import { spawnSync } from 'node:child_process';
import path from 'node:path';

const REPOSITORY = path.resolve(__dirname, '../../../..');

/** Runs Jest where no browser can be found, on two groups of tests that need one. */
function runWithoutChromium(requireAll: '0' | '1'): { status: number | null; stderr: string } {
  return spawnSync(
    process.execPath,
    ['node_modules/jest/bin/jest.js', '--runInBand', '--testRegex', 'needs-unmet\\.fixture\\.ts$'],
    {
      cwd: REPOSITORY,
      env: { ...process.env, CHROMIUM_PATH: '/nowhere', REQUIRE_ALL: requireAll },
      encoding: 'utf8',
    },
  );
}

describe('a need that is not met', () => {
  it('skips the tests, and says so in one line per run', () => {
    const { status, stderr } = runWithoutChromium('0');
    expect(status).toBe(0);
    expect(stderr.match(/SKIPPED: all tests that need chromium.*apt-get install chromium/g)).toHaveLength(1);
    expect(stderr).toMatch(/2 skipped, 2 total/);
  });

  it('fails them where REQUIRE_ALL=1', () => {
    const { status, stderr } = runWithoutChromium('1');
    expect(status).toBe(1);
    expect(stderr).toMatch(/chromium is missing, and REQUIRE_ALL=1 forbids skipping/);
    expect(stderr).toMatch(/2 failed, 2 total/);
  });
});
