/** Where the present comes from, so that rules about time can be tried at any instant. */
export abstract class Clock {
  /** The present instant, UTC. */
  abstract now(): Date;
}

export class SystemClock extends Clock {
  override now(): Date {
    return new Date();
  }
}
