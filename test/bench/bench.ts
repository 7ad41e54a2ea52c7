/** One case measured against its limit or peer, in the same run and on the same machine. */
export interface Measurement {
  readonly case: string;
  /** What the product reaches, in `unit`. */
  readonly value: number;
  readonly unit: string;
  /** What the limit or peer reaches, in the same unit; null where there is none. */
  readonly limit: number | null;
  /** The least ratio value / limit (the greatest where less is better) that is good enough; null: only to be watched. */
  readonly goal: number | null;
  readonly better: 'more' | 'less';
}

export interface BenchOptions {
  /** Names of the groups of cases to run; empty: all. */
  readonly only: readonly string[];
  /** Also what takes many minutes to prepare. */
  readonly large: boolean;
  /** Told in a few words what is being done. */
  readonly onProgress: (step: string) => void;
}

export interface Bench {
  readonly name: string;
  /** What is compared with what, in a sentence. */
  readonly about: string;
  /** Measurements as they become known. */
  run(options: BenchOptions): AsyncIterable<Measurement>;
}

/** A measurement as it is printed: one JSON object a line with --json. */
export interface Line {
  readonly bench: string;
  readonly case: string;
  readonly value: number;
  readonly unit: string;
  readonly limit: number | null;
  readonly ratio: number | null;
  readonly goal: number | null;
  /** Null where no goal is stated. */
  readonly met: boolean | null;
}

export function lineOf(bench: string, measurement: Measurement): Line {
  const { case: name, value, unit, limit, goal, better } = measurement;
  const ratio = limit === null ? null : value / limit;
  return { bench, case: name, value, unit, limit, ratio, goal, met: isMet(ratio, goal, better) };
}

function isMet(ratio: number | null, goal: number | null, better: Measurement['better']): boolean | null {
  if (goal === null) return null;
  if (ratio === null) return false;
  return better === 'more' ? ratio >= goal : ratio <= goal;
}
