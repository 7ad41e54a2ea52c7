import type * as fc from 'fast-check';

const seed = Number(process.env['LEDGER_SEED'] ?? Math.floor(Math.random() * 0x7fffffff));
const factor = Number(process.env['LEDGER_RUNS'] ?? 1);

/**
 * Settings of a property over random histories. The seed is told at the start, so that whatever happens can be run
 * again: LEDGER_SEED=… repeats a run, LEDGER_RUNS=20 tries twenty times as many histories.
 */
export function randomRun<T>(name: string, numRuns: number): fc.Parameters<T> {
  const runs = Math.max(1, Math.round(numRuns * factor));
  process.stderr.write(`${name}: ${runs} histories, repeat with LEDGER_SEED=${seed} LEDGER_RUNS=${factor}\n`);
  // A failing history is made smaller only while there is time to tell of it.
  return { seed, numRuns: runs, interruptAfterTimeLimit: patience(100_000), markInterruptAsFailure: true };
}

/** Long enough for what `randomRun` was asked to try. */
export function patience(milliseconds: number): number {
  return milliseconds * Math.max(1, factor);
}
