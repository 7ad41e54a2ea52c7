import type { BenchOptions, Measurement } from './bench';

/** Groups of cases by the name they are chosen by. */
export type Groups<Stage> = Readonly<Record<string, (stage: Stage) => AsyncGenerator<Measurement>>>;

/** Opens the stage and runs the chosen groups on it, all of them where none is chosen. Throws where there is no such group. */
export async function* runGroups<Stage extends { close(): Promise<void> }>(
  options: BenchOptions,
  groups: Groups<Stage>,
  open: () => Promise<Stage>,
): AsyncGenerator<Measurement> {
  const chosen = options.only.length > 0 ? options.only : Object.keys(groups);
  const unknown = chosen.find((name) => !(name in groups));
  if (unknown !== undefined)
    throw new Error(`There is no group "${unknown}". There are: ${Object.keys(groups).join(', ')}.`);
  const stage = await open();
  try {
    for (const name of chosen) {
      options.onProgress(name);
      yield* groups[name]?.(stage) ?? [];
    }
  } finally {
    await stage.close();
  }
}
