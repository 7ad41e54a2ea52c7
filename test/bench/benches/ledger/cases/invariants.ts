import { checkInvariants, inOneSnapshot } from '@evenhand/ledger';
import { Client } from 'pg';
import type { Measurement } from '../../../bench';
import { type Filled, millions, type Stage } from '../stage';

const MOST_SECONDS = 60;
const AT_POSTINGS = 5_000_000;

/** Every invariant on a whole ledger, against a minute at 5 million postings and its part of it at fewer. */
export async function* invariants(stage: Stage): AsyncGenerator<Measurement> {
  const filled = await stage.filled(stage.isLarge ? 5 : 1);
  const value = await secondsToCheck(filled);
  const limit = (MOST_SECONDS * filled.postings) / AT_POSTINGS;
  const name = `invariants checked at ${millions(filled.postings)} postings, of the time they may take`;
  yield { case: name, value, unit: 's', limit, goal: 1, better: 'less' };
}

async function secondsToCheck({ ours }: Filled): Promise<number> {
  const owners = Array.from({ length: 2 }, () => new Client({ connectionString: ours.ledger.url }));
  try {
    await Promise.all(owners.map((owner) => owner.connect()));
    await inOneSnapshot(...owners);
    const startedAt = performance.now();
    const findings = await checkInvariants(...owners);
    const seconds = (performance.now() - startedAt) / 1_000;
    const [first] = findings;
    if (first) throw new Error(`The ledger measured is not sound: ${first.finding}`);
    return seconds;
  } finally {
    await Promise.all(owners.map((owner) => owner.end()));
  }
}
