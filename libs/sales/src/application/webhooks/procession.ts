/** The place of a piece of work among those before and after it. */
export interface Turn {
  /** Waits until whoever comes before has passed the turn on; throws where that one failed. Not twice after {@link passOn}. */
  take(): Promise<void>;
  /** Says that nothing to come depends on the order, nor waits for what the next one may lock. */
  readonly passOn: () => void;
  /** Waits until whoever comes before is done for good; throws where that one failed. */
  last(): Promise<void>;
}

/** Pieces of work that overlap and are done in their order all the same: after one that fails all later ones fail. */
export class Procession {
  private passedOn: Promise<unknown> = Promise.resolve();
  private done: Promise<unknown> = Promise.resolve();

  enter<Result>(work: (turn: Turn) => Promise<Result>): Promise<Result> {
    const [passedOnBefore, doneBefore] = [this.passedOn, this.done];
    let hasPassedOn = false;
    let passOn = (): void => undefined;
    const passed = new Promise<void>((resolve) => {
      passOn = () => {
        hasPassedOn = true;
        resolve();
      };
    });
    const result = work({
      take: async () => {
        // Run again, it would come after those who went on meanwhile.
        if (hasPassedOn) throw new OutOfTurn();
        await passedOnBefore;
      },
      passOn,
      last: async () => {
        await doneBefore;
      },
    });
    this.done = result;
    this.passedOn = Promise.race([passed, result]);
    // Whoever asked for the work is told of its failure; there need not be a next one to hear it.
    this.passedOn.catch(() => undefined);
    return result;
  }
}

export class OutOfTurn extends Error {
  constructor() {
    super('The work was run again after its turn.');
  }
}
