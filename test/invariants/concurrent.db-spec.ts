import { checkInvariants, type EarningDraft, type Reversal } from '@evenhand/ledger';
import * as fc from 'fast-check';
import { Client } from 'pg';
import { fund, milestoneOf, saleOf } from './deal-in-test';
import { type LedgerUnderTest, ledgerUnderTest } from './ledger-under-test';
import { histories } from './model/commands';
import { expectSameBalances, expectSameEarnings, recordedBalances } from './model/compare';
import { RELEASED } from './model/delivery';
import type { Event } from './model/event';
import { type DealWithTerms, History, idOf } from './model/history';
import type { LedgerModel } from './model/ledger-model';
import { perform } from './model/perform';
import { patience, randomRun } from './model/random-run';
import { NOTHING, Tally, totalsOf } from './model/tally';
import { newWorld, tidyUp } from './model/world';

const STREAMS = 8;
const AT = new Date('2026-10-01T00:00:00Z');

/** Whatever is refused, is refused for one of these; that two commands met is no reason. */
const RULES =
  'EARNING_ALREADY_RECORDED EARNING_NOT_FOUND EARNING_NOT_HELD IDEMPOTENCY_CONFLICT INSUFFICIENT_BRAND_BALANCE ' +
  'INSUFFICIENT_CLIENT_CASH INSUFFICIENT_ESCROW INSUFFICIENT_FUNDS INSUFFICIENT_PAYABLE INVALID_INPUT ' +
  'PERIOD_ALREADY_CLOSED PERIOD_CLOSED PERIOD_NOT_OVER REFUND_EXCEEDS_SALE';

let ledger: LedgerUnderTest;
let owner: Client;
beforeAll(async () => {
  ledger = await ledgerUnderTest();
  owner = new Client({ connectionString: ledger.url });
  await owner.connect();
});
afterEach(async () => {
  // Deadlocks are run again and nobody hears of them; the ledger takes its locks in an order that leaves none to undo.
  await owner.query('select pg_stat_clear_snapshot()');
  const { rows } = await owner.query<{ deadlocks: string }>(
    'select deadlocks from pg_stat_database where datname = current_database()',
  );
  expect(rows).toEqual([{ deadlocks: '0' }]);
});
afterAll(async () => {
  await owner.end();
  await ledger.close();
});

/** Every stream takes the next one as soon as it is done with its last. */
async function inStreams<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  const stream = async (): Promise<void> => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: STREAMS }, stream));
}

describe('commands at the same time', () => {
  it(
    'are each done or refused by a rule, once for each key, and no money comes or goes',
    async () => {
      const met = new Set<string>();
      const commands = histories(90).map((all) => all.filter((command) => command.do !== 'convert'));
      await fc.assert(
        fc.asyncProperty(commands, fc.nat(), async (all, salt) => {
          await tidyUp(ledger, owner);
          const { model: known, deals } = await newWorld(ledger);
          const history = new History(known, deals, salt);
          const tally = new Tally();
          let asked = 0;
          await inStreams(all, async (command) => {
            const event = history.next(command);
            if (!event) return;
            tally.announce(event);
            asked += 1;
            // Whoever asks again often does so while the first answer is under way.
            const asking = Array.from({ length: asked % 3 === 0 ? 2 : 1 }, () => perform(ledger, event));
            for (const performed of await Promise.all(asking)) {
              if (performed.refusal) expect(RULES.split(' ')).toContain(performed.refusal.code);
              tally.add(event, performed, (brandId) => known.bookOf(brandId).bookId);
              // What is known by now, to choose by; the order in which it really happened nobody can tell.
              if (!performed.refusal) known.expect(event);
              met.add(performed.refusal?.code ?? event.do);
            }
          });
          await expectTotals(deals, tally);
          await tidyUp(ledger, owner);
          for (const { bookId } of deals) {
            const balances = [...(await recordedBalances(ledger, bookId))];
            expect(balances.filter(([account, minor]) => account.includes('_pending/') && minor !== 0n)).toEqual([]);
          }
          expect(await checkInvariants(owner)).toEqual([]);
        }),
        randomRun('concurrent: any commands', 32),
      );
      expect([...met]).toEqual(expect.arrayContaining(['fund', 'splitByItem', 'reverse', 'send', 'confirm']));
    },
    patience(120_000),
  );

  async function expectTotals(deals: readonly DealWithTerms[], tally: Tally): Promise<void> {
    for (const bookId of new Set(deals.map((deal) => deal.bookId))) {
      const recorded = totalsOf(await recordedBalances(ledger, bookId));
      for (const currency of ['EUR', 'JPY', 'CNY']) {
        expect({ bookId, currency, ...(recorded.get(currency) ?? NOTHING) }).toEqual({
          bookId,
          currency,
          ...tally.of(bookId, currency),
        });
      }
    }
  }
});

/** What does not depend on what the others do. */
type Step =
  | { readonly do: 'credit' | 'pay' | 'fund' | 'giveGift'; readonly deal: number; readonly amount: bigint }
  | {
      readonly do: 'earn';
      readonly deal: number;
      readonly amounts: readonly bigint[];
      readonly isMilestone: boolean;
      /** Tenths of each that come back afterwards, one refund each. */
      readonly refunds: readonly bigint[];
      readonly isTold: 'once' | 'twice';
    }
  | { readonly do: 'release' }
  | { readonly do: 'settle' };

const deal = fc.nat(3);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constantFrom('credit' as const, 'pay' as const, 'fund' as const, 'giveGift' as const),
    deal,
    amount: fc.bigInt(1n, 500n),
  }),
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('earn' as const),
      deal,
      amounts: fc.array(fc.bigInt(1n, 200n), { minLength: 1, maxLength: 4 }),
      isMilestone: fc.boolean(),
      refunds: fc.array(fc.bigInt(1n, 4n), { maxLength: 2 }),
      isTold: fc.constantFrom('once' as const, 'twice' as const),
    }),
  },
  fc.record({ do: fc.constantFrom('release' as const, 'settle' as const) }),
);
const streams = fc.array(fc.array(step, { minLength: 4, maxLength: 10 }), { minLength: STREAMS, maxLength: STREAMS });

describe('commands that do not depend on each other', () => {
  it(
    'leave at the same time what they leave one after another',
    async () => {
      await fc.assert(
        fc.asyncProperty(streams, fc.boolean(), fc.nat(), async (chosen, hasReserve, salt) => {
          await tidyUp(ledger, owner);
          const { model, deals } = await newWorld(ledger);
          for (const one of deals) await fundAmply(model, one, hasReserve);
          const planned = chosen.map((steps, stream) =>
            steps.flatMap((one, place) => eventsOf(one, deals, `${salt} ${stream} ${place}`)),
          );
          await Promise.all(
            planned.map(async (events) => {
              for (const event of events) expect((await perform(ledger, event)).refusal).toBeNull();
            }),
          );
          const end: Event = { do: 'release', at: RELEASED };
          await perform(ledger, end);
          for (const event of [...planned.flat(), end]) expect(model.expect(event).refusals).toEqual([]);
          await expectSameBalances(ledger, model);
          await expectSameEarnings(ledger, model);
          expect(await checkInvariants(owner)).toEqual([]);
        }),
        randomRun('concurrent: commuting commands', 4),
      );
    },
    patience(120_000),
  );

  async function fundAmply(model: LedgerModel, one: DealWithTerms, hasReserve: boolean): Promise<void> {
    const { brandId, dealId, currency } = one;
    for (const purpose of ['cash', ...(hasReserve ? ['commission_reserve' as const] : [])] as const) {
      await fund(ledger, one, 1_000_000n, purpose);
      const money = { brandId, currency, amountMinor: 1_000_000n, idempotencyKey: `${dealId} ${purpose}` };
      model.expect({ do: 'credit', at: AT, command: { ...money, bankReference: 'SCT 1', receivedAt: AT } });
      model.expect({ do: 'fund', at: AT, command: { ...money, dealId, purpose } });
    }
    await fund(ledger, one, 100_000n, null);
    const money = { brandId, currency, amountMinor: 100_000n, idempotencyKey: dealId };
    model.expect({ do: 'credit', at: AT, command: { ...money, bankReference: 'SCT 1', receivedAt: AT } });
  }

  function eventsOf(one: Step, deals: readonly DealWithTerms[], name: string): readonly Event[] {
    if (one.do === 'release' || one.do === 'settle') return [{ do: one.do, at: RELEASED }];
    const found = deals[one.deal];
    if (!found) return [];
    const { brandId, dealId, currency } = found;
    if (one.do === 'earn') return earningEvents(one, found, name);
    const money = { brandId, currency, amountMinor: one.amount, idempotencyKey: name };
    switch (one.do) {
      case 'credit':
      case 'pay':
        return [{ do: one.do, at: AT, command: { ...money, bankReference: 'SCT 1', receivedAt: AT } }];
      case 'fund':
        return [{ do: 'fund', at: AT, command: { ...money, dealId, purpose: 'cash' } }];
      case 'giveGift': {
        const gift = { brandId, dealId, receiverId: found.influencerId, currency, idempotencyKey: name };
        return [{ do: 'giveGift', at: AT, command: { ...gift, fairMarketValueMinor: one.amount, receivedAt: AT } }];
      }
    }
  }

  function earningEvents(one: Step & { do: 'earn' }, sold: DealWithTerms, name: string): readonly Event[] {
    const { brandId } = sold;
    const drafts = one.amounts.map((amount, place): EarningDraft => {
      const id = idOf(`${name} ${place}`);
      if (one.isMilestone) return milestoneOf(sold, amount, { source: { type: 'deliverable', id } });
      return saleOf(sold, amount, { source: { type: 'sale', id } });
    });
    const split: Event = { do: 'split', at: AT, brandId, drafts };
    const refunds = one.refunds.map((tenths, number): Event => {
      const reversals = drafts.flatMap(({ source, baseMinor }, place): readonly Reversal[] => {
        const refundId = idOf(`${name} ${place} ${number}`);
        const refundedBaseMinor = (baseMinor * tenths) / 10n;
        const ids = { idempotencyKey: `refund:${refundId}`, source, refundId };
        return refundedBaseMinor === 0n ? [] : [{ ...ids, refundedBaseMinor, occurredAt: AT }];
      });
      return { do: 'reverse', at: AT, brandId, reversals };
    });
    return [split, ...refunds].flatMap((event) => (one.isTold === 'twice' ? [event, event] : [event]));
  }
});
