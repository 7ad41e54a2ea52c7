import { checkInvariants } from '@evenhand/ledger';
import * as fc from 'fast-check';
import { Client } from 'pg';
import { type LedgerUnderTest, ledgerUnderTest } from './ledger-under-test';
import { histories } from './model/commands';
import {
  expectAnswers,
  expectSameBalances,
  expectSameEarnings,
  expectSamePast,
  type Moment,
  rememberMoment,
} from './model/compare';
import { History } from './model/history';
import { perform, type Performed } from './model/perform';
import { patience, randomRun } from './model/random-run';
import { newWorld, publishRates, tidyUp } from './model/world';

let ledger: LedgerUnderTest;
let owner: Client;
beforeAll(async () => {
  ledger = await ledgerUnderTest();
  owner = new Client({ connectionString: ledger.url });
  await owner.connect();
  await publishRates(ledger);
});
afterAll(async () => {
  await owner.end();
  await ledger.close();
});

/** Items recorded under a key have the same transaction ever after, and no two keys have one. */
class Transactions {
  private readonly byKey = new Map<string, bigint>();
  private readonly seen = new Set<bigint>();

  learn({ transactions }: Performed): void {
    for (const [key, transactionId] of transactions) {
      const known = this.byKey.get(key);
      if (known !== transactionId && (known !== undefined || this.seen.has(transactionId))) {
        throw new Error(`${key} is of transaction ${transactionId}, which is of another key or was ${known} before.`);
      }
      this.byKey.set(key, transactionId);
      this.seen.add(transactionId);
    }
  }
}

/** Met by twenty histories but for a chance in a thousand. */
const SURELY_MET =
  'credit fund split splitByItem reverse reverseByItem release send confirm reject EARNING_ALREADY_RECORDED ' +
  'EARNING_NOT_FOUND IDEMPOTENCY_CONFLICT INSUFFICIENT_BRAND_BALANCE INSUFFICIENT_CLIENT_CASH INSUFFICIENT_ESCROW ' +
  'INSUFFICIENT_FUNDS INSUFFICIENT_PAYABLE REFUND_EXCEEDS_SALE';

it(
  'answers every history as a plain model of the books does, and leaves the same balances',
  async () => {
    const met = new Map<string, number>();
    const count = (what: string): Map<string, number> => met.set(what, (met.get(what) ?? 0) + 1);
    await fc.assert(
      fc.asyncProperty(histories(60), fc.nat(), async (commands, salt) => {
        await tidyUp(ledger, owner);
        const { model, deals } = await newWorld(ledger);
        const history = new History(model, deals, salt);
        const transactions = new Transactions();
        const moments: Moment[] = [];
        for (const [place, command] of commands.entries()) {
          const event = history.next(command);
          if (!event) continue;
          const expected = model.expect(event);
          const performed = await perform(ledger, event);
          expectAnswers(event, expected, performed);
          transactions.learn(performed);
          await expectSameBalances(ledger, model);
          count(performed.refusal?.code ?? event.do);
          for (const answer of performed.answers) {
            if ('refused' in answer) answer.refused.forEach(({ code }) => count(code));
          }
          if (place % 16 === 15) {
            moments.push(await rememberMoment(model));
            await expectSameEarnings(ledger, model);
            expect(await checkInvariants(owner)).toEqual([]);
          }
        }
        for (const moment of moments) await expectSamePast(ledger, model, moment);
        await expectSameEarnings(ledger, model);
        expect(await checkInvariants(owner)).toEqual([]);
      }),
      randomRun('model-based', 20),
    );
    // Histories that never met a rule or never paid would prove little.
    expect(SURELY_MET.split(' ').filter((what) => !met.has(what))).toEqual([]);
  },
  patience(150_000),
);
