import path from 'node:path';

/** One run of Jest, shared by all its workers. */
export interface TestRun {
  /** Part of the name of each of its databases; starts with the time of the run in base 36. */
  readonly id: string;
  /** Holds what the run leaves on disk; removed at its end, or by a later run. */
  readonly folder: string;
}

const RUN_VARIABLE = 'EVENHAND_TEST_RUN';

/** Workers inherit the environment, so this is how they know the run. */
export function enterTestRun(run: TestRun): void {
  process.env[RUN_VARIABLE] = JSON.stringify(run);
}

export function leaveTestRun(): void {
  delete process.env[RUN_VARIABLE];
}

/** The run that this process belongs to. */
export function currentTestRun(): TestRun {
  const run = process.env[RUN_VARIABLE];
  if (!run) throw new Error('No test run is open: run this under Jest, or call beginTestRun() first.');
  return JSON.parse(run);
}

export function serverFolderOf(runFolder: string): string {
  return path.join(runFolder, 'postgres');
}
