import { register } from 'prom-client';
import { type Backlog, BacklogGauges } from './backlog-gauges';

const COUNTS = { name: 'things', help: 'Things.' };
const LAG = { name: 'things_lag_seconds', help: 'How long.' };

let gauges: BacklogGauges;
afterEach(() => gauges.close());

async function scraped(): Promise<readonly string[]> {
  return (await register.metrics()).split('\n').filter((line) => line.startsWith('things'));
}

describe('the gauges of a backlog', () => {
  it('tell how much waits and for how long, by one question a scrape', async () => {
    const minuteAgo = new Date(Date.now() - 60_000);
    const answers: Backlog[] = [
      { counts: { waiting: 3, failed: 1 }, waitingSince: minuteAgo },
      { counts: { waiting: 0, failed: 1 }, waitingSince: null },
    ];
    gauges = new BacklogGauges(COUNTS, LAG, async () => answers.shift() as Backlog);
    const first = await scraped();
    expect(first.slice(0, 2)).toEqual(['things{state="waiting"} 3', 'things{state="failed"} 1']);
    expect(Math.round(Number(first[2]?.split(' ')[1]))).toBe(60);
    expect(await scraped()).toEqual(['things{state="waiting"} 0', 'things{state="failed"} 1', 'things_lag_seconds 0']);
  });

  it('tell nothing where the database does not answer', async () => {
    gauges = new BacklogGauges(COUNTS, LAG, () => Promise.reject(new Error('gone')));
    expect(await scraped()).toEqual(['things_lag_seconds Nan']);
  });
});
