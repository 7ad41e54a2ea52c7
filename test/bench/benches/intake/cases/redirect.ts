import type { Measurement } from '../../../bench';
import { median } from '../../../contest';
import { eventually } from '../../../../support/eventually';
import type { Stage } from '../stage';
import { startPeer } from '../../../start-peer';
import { type Latency, type Visit, visitAll } from '../visits';

const GOAL_MS = 10;
const PER_SECOND = 500;
const SECONDS = 4;
const ROUNDS = 5;
/** Every tenth visitor is a crawler. */
const VISITORS = [...Array.from({ length: 9 }, () => 'Mozilla/5.0 (iPhone) Mobile/15E148'), 'Googlebot/2.1'];

/**
 * The short links of the demo world's deals against a bare Node server, in turns. Fails where a click that was answered
 * is not stored in the end.
 */
export async function* redirect({ product, owner }: Stage): AsyncGenerator<Measurement> {
  await owner.query("update deals.deals set link_destination = 'https://shop.example.com/bag'");
  const links = await owner.query<{ slug: string }>('select link_slug as slug from deals.tracking_codes');
  const slugs = links.rows.map(({ slug }) => slug);
  const counted = async () => {
    const { rows } = await owner.query<{ clicks: number }>(
      'select coalesce(sum(total), 0)::integer as clicks from sales.click_counts',
    );
    return rows[0]?.clicks ?? 0;
  };
  const before = await counted();
  const bare = await startPeer('intake/bare-redirect.ts');
  try {
    const [ours, limit] = await inTurns(visitsOf(`${product.url}/`, slugs), visitsOf(bare.url, slugs));
    const answered = PER_SECOND * SECONDS * (ROUNDS + 1);
    await eventually(counted, (clicks) => clicks === before + answered);
    const at = `${PER_SECOND} redirects a second`;
    const less = { unit: 'ms', better: 'less' } as const;
    yield { case: `${at}, p99, of ${GOAL_MS} ms`, value: ours.p99Ms, limit: GOAL_MS, goal: 1, ...less };
    yield { case: `${at}, p99, of a bare server`, value: ours.p99Ms, limit: limit.p99Ms, goal: null, ...less };
    yield { case: `${at}, p50, of a bare server`, value: ours.p50Ms, limit: limit.p50Ms, goal: null, ...less };
  } finally {
    bare.stop();
  }
}

/** Medians over rounds in which each has one turn; the first round warms up. */
async function inTurns(ours: readonly Visit[], limit: readonly Visit[]): Promise<readonly [Latency, Latency]> {
  const measured: [Latency, Latency][] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    measured.push([await visitAll(ours, PER_SECOND), await visitAll(limit, PER_SECOND)]);
  }
  const rounds = measured.slice(1);
  const medianOf = (side: 0 | 1): Latency => ({
    p50Ms: median(rounds.map((round) => round[side].p50Ms)),
    p99Ms: median(rounds.map((round) => round[side].p99Ms)),
  });
  return [medianOf(0), medianOf(1)];
}

function visitsOf(url: string, slugs: readonly string[]): readonly Visit[] {
  return Array.from({ length: PER_SECOND * SECONDS }, (_, index) => ({
    url: `${url}r/${slugs[index % slugs.length]}`,
    userAgent: VISITORS[index % VISITORS.length] ?? '',
  }));
}
