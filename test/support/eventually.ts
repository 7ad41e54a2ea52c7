const PATIENCE_MS = 20_000;
const PAUSE_MS = 200;

/** Asks again and again until `isDone`: for what a job does by itself. Answers the last value; fails after 20 s. */
export async function eventually<T>(ask: () => Promise<T>, isDone: (value: T) => boolean): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const value = await ask();
    if (isDone(value)) return value;
    if (Date.now() > deadline) throw new Error(`It did not happen within 20 s: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
