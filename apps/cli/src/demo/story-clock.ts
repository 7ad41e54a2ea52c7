import { Clock } from '@evenhand/kernel';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** The present of the demo world's story, which is told from some weeks ago up to now. */
export class StoryClock extends Clock {
  private readonly end = new Date();
  /** Null once the story has arrived at the real present. */
  private present: Date | null = this.end;

  override now(): Date {
    return this.present ?? new Date();
  }

  /** The instant `days` days (and `hours` hours) before the end of the story. */
  daysAgo(days: number, hours = 0): Date {
    return new Date(this.end.getTime() - days * DAY_MS + hours * HOUR_MS);
  }

  /** The calendar day (UTC) that many days before the end of the story; negative: after it. */
  dayAgo(days: number): string {
    return this.daysAgo(days).toISOString().slice(0, 10);
  }

  goTo(days: number, hours = 0): void {
    this.present = this.daysAgo(days, hours);
  }

  /** The story has arrived at the real present. */
  goToTheEnd(): void {
    this.present = null;
  }
}
