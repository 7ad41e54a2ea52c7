const startedAt = performance.now();

/** Tells the person at the terminal what is happening, with the seconds since the start. */
export function say(message: string): void {
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1).padStart(5);
  process.stdout.write(`${seconds} s  ${message}\n`);
}
