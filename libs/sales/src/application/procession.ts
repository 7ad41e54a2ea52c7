/** What batches do in their order, one after the other: choose what they take, lock the names of its orders, and post. */
const GATES = ['choice', 'names', 'books'] as const;
export type Gate = (typeof GATES)[number];

/** The place of a piece of work among those before and after it. */
export interface Turn {
  /** Waits until whoever comes before has passed the gate; throws where that one failed, and where this one has passed it. */
  reach(gate: Gate): Promise<void>;
  /** Says that nothing is to come that the next one must not do first, nor anything that it may hold up. */
  pass(gate: Gate): void;
  /** Waits until whoever comes before is done for good; throws where that one failed. */
  last(): Promise<void>;
}

/** Of work that has nobody before or after it. */
export const ALONE: Turn = {
  reach: () => Promise.resolve(),
  pass: () => undefined,
  last: () => Promise.resolve(),
};

/** Pieces of work that overlap and are done in their order all the same: after one that fails all later ones fail. */
export class Procession {
  private passing = new Map<Gate, Promise<unknown>>();
  private done: Promise<unknown> = Promise.resolve();

  enter<Result>(work: (turn: Turn) => Promise<Result>): Promise<Result> {
    const [passingBefore, doneBefore] = [this.passing, this.done];
    const passed = new Set<Gate>();
    const opens = new Map<Gate, () => void>();
    const opened = GATES.map((gate) => [gate, new Promise<void>((open) => opens.set(gate, open))] as const);
    const result = work({
      reach: async (gate) => {
        // Run again, it would come after those who went on meanwhile.
        if (passed.has(gate)) throw new OutOfTurn();
        await passingBefore.get(gate);
      },
      pass: (gate) => {
        passed.add(gate);
        opens.get(gate)?.();
      },
      last: async () => {
        await doneBefore;
      },
    });
    this.done = result;
    this.passing = new Map(opened.map(([gate, isOpen]) => [gate, Promise.race([isOpen, result])]));
    // Whoever asked for the work is told of its failure; there need not be a next one to hear it.
    for (const waiting of this.passing.values()) waiting.catch(() => undefined);
    return result;
  }
}

export class OutOfTurn extends Error {
  constructor() {
    super('The work was run again after its turn.');
  }
}
