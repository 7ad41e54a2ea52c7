import { execFile } from 'node:child_process';
import { resolve } from 'node:path';

const ROOT = resolve(__dirname, '../../../..');
const HEAD = 'cfb7d7e90759d543604aa976328598c5a8b944af04dd0fb3308968d0132e4418';

function verify(...words: readonly string[]): Promise<readonly [number, string]> {
  return new Promise((done) => {
    execFile(process.execPath, ['apps/cli/verify-receipt.mjs', ...words], { cwd: ROOT }, (error, stdout) => {
      done([typeof error?.code === 'number' ? error.code : 0, stdout]);
    });
  });
}

describe('the verifier that stands alone', () => {
  it('verifies the receipt of the documentation, as it will those that were handed out before', async () => {
    const [exitCode, words] = await verify('libs/ledger/docs/receipt.example.json', '--head', HEAD);
    expect([exitCode, words]).toEqual([0, expect.stringContaining('VALID: transaction 3 of book 1 (sale_recorded')]);
  });

  it('says how it is used, and what it cannot read', async () => {
    expect(await verify()).toEqual([2, expect.stringContaining('Usage: node verify-receipt.mjs receipt.json')]);
    expect(await verify('none.json')).toEqual([2, expect.stringContaining('NOT READABLE: ENOENT')]);
  });
});
