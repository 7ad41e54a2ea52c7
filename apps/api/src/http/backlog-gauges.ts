import { Gauge, register } from 'prom-client';

export interface Backlog {
  /** How many there are by their state. */
  readonly counts: Readonly<Record<string, number>>;
  /** Since when the one that waits longest does; null where none waits. */
  readonly waitingSince: Date | null;
}

interface Metric {
  readonly name: string;
  readonly help: string;
}

/** How much waits, by state, and for how long the oldest has: asked for once, when the metrics are. */
export class BacklogGauges {
  private asked: Promise<Backlog | null> | undefined;

  constructor(
    private readonly counts: Metric,
    private readonly lag: Metric,
    private readonly read: () => Promise<Backlog>,
  ) {
    // `this` is the gauge in `collect`.
    const ask = this.ask.bind(this);
    new Gauge({
      ...counts,
      labelNames: ['state'],
      async collect() {
        const backlog = await ask();
        this.reset();
        for (const [state, count] of Object.entries(backlog?.counts ?? {})) this.set({ state }, count);
      },
    });
    new Gauge({
      ...lag,
      async collect() {
        const backlog = await ask();
        this.set(backlog ? (Date.now() - (backlog.waitingSince?.getTime() ?? Date.now())) / 1_000 : NaN);
      },
    });
  }

  close(): void {
    for (const { name } of [this.counts, this.lag]) register.removeSingleMetric(name);
  }

  /** Null where the database does not answer: what the process itself measures is told all the same. */
  private ask(): Promise<Backlog | null> {
    this.asked ??= this.read()
      .catch(() => null)
      .finally(() => (this.asked = undefined));
    return this.asked;
  }
}
