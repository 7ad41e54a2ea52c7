const ROUNDS = 7;
const ROUND_MS = 120;
const CALLS_BETWEEN_LOOKS = 64;

/**
 * Calls per second of both, as medians of rounds taken in turn, so that whatever slows the machine meets both. Each must
 * return something that depends on its work, or the compiler may leave the work out.
 */
export function compareRates(work: () => unknown, limit: () => unknown): { value: number; limit: number } {
  callsPerSecond(work);
  callsPerSecond(limit);
  const values: number[] = [];
  const limits: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    values.push(callsPerSecond(work));
    limits.push(callsPerSecond(limit));
  }
  return { value: median(values), limit: median(limits) };
}

let sink: unknown;

function callsPerSecond(work: () => unknown): number {
  const startedAt = performance.now();
  let calls = 0;
  let elapsedMs = 0;
  while (elapsedMs < ROUND_MS) {
    for (let call = 0; call < CALLS_BETWEEN_LOOKS; call += 1) sink = work();
    calls += CALLS_BETWEEN_LOOKS;
    elapsedMs = performance.now() - startedAt;
  }
  if (sink === undefined) throw new Error('The work measured returns nothing.');
  return (calls / elapsedMs) * 1_000;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
