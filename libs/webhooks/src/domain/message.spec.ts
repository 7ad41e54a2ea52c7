import { type AttemptOutcome, errorOf, unanswered } from './attempt';
import { decideAttempt } from './message';

const HOUR_MS = 3_600_000;
const NOW = new Date('2026-05-01T00:00:00Z');
const ID = '0198c0de-0000-7000-8000-000000000001';

function answered(status: number, retryAfterMs: number | null = null): AttemptOutcome {
  return { status, error: errorOf(status), retryAfterMs, durationMs: 5, excerpt: '' };
}

function decide(outcome: AttemptOutcome, failures = 0, failingSince: Date | null = null, messageId = ID) {
  return decideAttempt({ messageId, failures, failingSince }, outcome, NOW);
}

function pauseOf(outcome: AttemptOutcome, failures: number, messageId = ID): number {
  return decide(outcome, failures, null, messageId).dueAt.getTime() - NOW.getTime();
}

describe('a message after an attempt', () => {
  it('is delivered by any 2xx, and by nothing else', () => {
    expect([200, 202, 204, 299].map((status) => decide(answered(status)).state)).toEqual(Array(4).fill('delivered'));
    expect([199, 301, 307, 400, 401, 404, 429, 500, 503].map((status) => decide(answered(status)).state)).toEqual(
      Array(9).fill('pending'),
    );
  });

  it('is tried ten times over three days, with growing pauses that no two messages share', () => {
    const pauses = Array.from({ length: 9 }, (_, failures) => pauseOf(unanswered('timeout'), failures));
    expect(pauses.every((pause, n) => n === 0 || pause > (pauses[n - 1] ?? 0))).toBe(true);
    const hours = pauses.reduce((sum, pause) => sum + pause) / HOUR_MS;
    expect(hours).toBeGreaterThan(72);
    expect(hours).toBeLessThan(84);
    expect(pauses[0]).toBeGreaterThanOrEqual(5_000);
    expect(pauses[0]).toBeLessThanOrEqual(5_500);
    expect(pauseOf(unanswered('timeout'), 8, ID.replace('1', '2'))).not.toBe(pauses[8]);
    expect(decide(unanswered('timeout'), 9)).toMatchObject({ state: 'failed', reason: 'exhausted', failures: 10 });
  });

  it('waits as long as a busy receiver asks, a day at most and never less than by itself', () => {
    expect(pauseOf(answered(429, 60_000), 0)).toBe(60_000);
    expect(pauseOf(answered(503, 60_000), 0)).toBe(60_000);
    expect(pauseOf(answered(503, 1_000), 1)).toBeGreaterThanOrEqual(300_000);
    expect(pauseOf(answered(429, 400 * HOUR_MS), 0)).toBe(24 * HOUR_MS);
    expect(pauseOf(answered(500, 60_000), 0)).toBeLessThan(6_000);
  });

  it('ends with its endpoint where that is gone', () => {
    expect(decide(answered(410))).toMatchObject({ state: 'failed', reason: 'gone', disables: 'gone' });
  });

  it('ends its endpoint where nothing arrived for as long as it was tried', () => {
    const ago = (hours: number) => new Date(NOW.getTime() - hours * HOUR_MS);
    expect(decide(answered(500), 9, ago(76)).disables).toBe('failing');
    expect(decide(answered(500), 8, ago(76)).disables).toBeNull();
    // Something else arrived in between.
    expect(decide(answered(500), 9, ago(2)).disables).toBeNull();
    expect(decide(unanswered('mandate_ended'), 0, ago(76))).toMatchObject({ reason: 'mandate_ended', disables: null });
  });
});
