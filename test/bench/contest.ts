/** What one turn of a contender did, in the time that counts: what it needs first is made before the clock starts. */
export interface Turn {
  readonly count: number;
  readonly elapsedMs: number;
}

export type Contender = () => Promise<Turn>;

/**
 * Things done per second by each contender, as medians over rounds in which each has one turn after the other, so that
 * whatever slows the machine meets all of them. The first round warms up and does not count.
 */
export async function contest<Name extends string>(
  contenders: Readonly<Record<Name, Contender>>,
  rounds: number,
): Promise<Readonly<Record<Name, number>>> {
  const names = Object.keys(contenders) as Name[];
  const rates = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const name of names) {
      const { count, elapsedMs } = await contenders[name]();
      if (round > 0) rates.get(name)?.push((count / elapsedMs) * 1_000);
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(rates.get(name) ?? [])])) as Record<Name, number>;
}

/** The work's time alone; it answers how many things it did. */
export async function timed(work: () => Promise<number>): Promise<Turn> {
  const startedAt = performance.now();
  const count = await work();
  return { count, elapsedMs: performance.now() - startedAt };
}

/** Hands the items out to so many writers: each takes the next one when it is done with its last; all start at once. */
export async function shareOut<Item>(
  items: readonly Item[],
  writers: number,
  work: (item: Item, writer: number) => Promise<unknown>,
): Promise<void> {
  const left = items.values();
  await Promise.all(
    Array.from({ length: writers }, async (_, writer) => {
      for (const item of left) await work(item, writer);
    }),
  );
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  if (sorted.length % 2 === 1) return sorted[middle] ?? 0;
  return ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
