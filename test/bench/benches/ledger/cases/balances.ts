import { Client } from 'pg';
import {
  type Account,
  brandReceivable,
  payeeAvailable,
  payeePending,
  platformFeePending,
} from '../../../../../libs/ledger/src/domain/account';
import {
  accountParameters,
  BALANCE_AT_SQL,
  BALANCE_OF_SQL,
} from '../../../../../libs/ledger/src/infrastructure/balance-sql';
import type { Measurement } from '../../../bench';
import { contest, type Contender, shareOut, timed } from '../../../contest';
import { type Filled, millions, type Stage } from '../stage';
import { hotBatches } from '../world';

const CALLS = 1_000;
const FEW_CALLS = 50;
const ROUNDS = 5;
const DAY_MS = 86_400_000;
/** As many as two seconds of the fastest writing bring. */
const UNSETTLED = 20_000;
const CURRENCY = 'EUR';

/** What the product asks for a balance, prepared, against a lookup by primary key on the same connection. */
export async function* balances(stage: Stage): AsyncGenerator<Measurement> {
  const filled = await stage.filled(stage.isLarge ? 5 : 1);
  const reader = await openReader(filled);
  try {
    yield* settled(reader, stage, filled);
    yield* unsettled(reader, stage, filled);
  } finally {
    await reader.end();
  }
}

/** A connection of the application, with the system's rights. */
async function openReader({ ours }: Filled): Promise<Client> {
  const reader = new Client({ connectionString: ours.ledger.url, options: '-c role=evenhand_app' });
  await reader.connect();
  await reader.query(`select set_config('evenhand.system', 'on', false)`);
  return reader;
}

type Whose = readonly [bookId: number, account: Account];

async function* settled(reader: Client, { world }: Stage, filled: Filled): AsyncGenerator<Measurement> {
  const deals = world.books.flat();
  const cold = deals.flatMap(({ bookId, agencyId, influencerId }): Whose[] => [
    [bookId, payeePending(agencyId, CURRENCY)],
    [bookId, payeeAvailable(influencerId, CURRENCY)],
  ]);
  const hot = world.books.flatMap(([deal]): Whose[] =>
    deal
      ? [
          [deal.bookId, platformFeePending(CURRENCY)],
          [deal.bookId, brandReceivable(CURRENCY)],
        ]
      : [],
  );
  const rates = await contest(
    {
      lookup: await lookups(reader),
      coldNow: calls(reader, 'balance now', BALANCE_OF_SQL, (n) => now(cold, n)),
      coldThen: calls(reader, 'balance then', BALANCE_AT_SQL, (n) => then(cold, n)),
      hotNow: calls(reader, 'balance now', BALANCE_OF_SQL, (n) => now(hot, n)),
      hotThen: calls(reader, 'balance then', BALANCE_AT_SQL, (n) => then(hot, n)),
    },
    ROUNDS,
  );
  const given = { unit: 'µs', limit: 1e6 / rates.lookup, goal: 3, better: 'less' } as const;
  const name = `at ${millions(filled.postings)} postings, of a lookup by key`;
  yield { ...given, case: `balance now, cold account, ${name}`, value: 1e6 / rates.coldNow };
  yield { ...given, case: `balance then, cold account, ${name}`, value: 1e6 / rates.coldThen };
  yield { ...given, case: `balance now, hot account, ${name}`, value: 1e6 / rates.hotNow };
  yield { ...given, case: `balance then, hot account, ${name}`, value: 1e6 / rates.hotThen };
}

/** The worst a reader can meet: all that is sold in 2 seconds on one deal has to be summed, since none of it is settled. */
async function* unsettled(reader: Client, { world }: Stage, { ours }: Filled): AsyncGenerator<Measurement> {
  const hottest: Whose[] = [[world.hot.bookId, platformFeePending(CURRENCY)]];
  await ours.ledger.settleRecords.execute();
  await shareOut(hotBatches(world.hot, UNSETTLED / 1_000, 1_000), 2, (batch) => ours.sell(batch));
  const rates = await contest(
    {
      lookup: await lookups(reader, FEW_CALLS),
      balance: calls(reader, 'balance now', BALANCE_OF_SQL, (n) => now(hottest, n), FEW_CALLS),
    },
    ROUNDS,
  );
  await ours.ledger.settleRecords.execute();
  const name = `balance now, ${UNSETTLED.toLocaleString('en')} sales on it unsettled, of a lookup by key`;
  yield { case: name, unit: 'µs', value: 1e6 / rates.balance, limit: 1e6 / rates.lookup, goal: null, better: 'less' };
}

/** Rows of the transactions' table by their key, from all over it. */
async function lookups(reader: Client, count = CALLS): Promise<Contender> {
  const { rows } = await reader.query<{ book_id: number; transaction_id: string }>(`
    select book_id, transaction_id from ledger.transactions tablesample system (2) order by random() limit ${CALLS}`);
  const sql = 'select * from ledger.transactions where book_id = $1 and transaction_id = $2';
  return calls(
    reader,
    'lookup',
    sql,
    (n) => {
      const row = rows[n % rows.length];
      return [row?.book_id, row?.transaction_id];
    },
    count,
  );
}

function calls(
  reader: Client,
  name: string,
  text: string,
  parametersOf: (call: number) => readonly unknown[],
  count = CALLS,
): Contender {
  return () =>
    timed(async () => {
      for (let call = 0; call < count; call += 1) {
        const { rowCount } = await reader.query({ name, text, values: [...parametersOf(call)] });
        if (rowCount !== 1) throw new Error(`The ${name} found ${rowCount} rows.`);
      }
      return count;
    });
}

function now(whose: readonly Whose[], call: number): readonly unknown[] {
  const one = whose[call % whose.length];
  if (!one) throw new RangeError('There is no account to ask for.');
  return [one[0], ...accountParameters(one[1])];
}

/** At instants all over the last year. */
function then(whose: readonly Whose[], call: number): readonly unknown[] {
  const daysAgo = (call * 7_919) % 3_500;
  return [...now(whose, call), new Date(Date.now() - (daysAgo / 10) * DAY_MS)];
}
