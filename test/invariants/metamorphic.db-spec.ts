import {
  checkInvariants,
  commissionOfSale,
  type CommissionTerms,
  compileSplitPlan,
  type SplitPlan,
} from '@evenhand/ledger';
import * as fc from 'fast-check';
import { Client } from 'pg';
import { uuidv7 } from 'uuidv7';
import { dealInTest, type DealInTest, fund, PLATFORM, saleOf } from './deal-in-test';
import { type LedgerUnderTest, ledgerUnderTest } from './ledger-under-test';
import { expectSameBalances, recordedBalances } from './model/compare';
import { deliver, deliveries, type Delivery, type Message, RELEASED } from './model/delivery';
import { fractionOf, poolOf } from './model/exact-arithmetic';
import { idOf } from './model/history';
import { LedgerModel } from './model/ledger-model';
import { patience, randomRun } from './model/random-run';
import { AGENCY, INFLUENCER } from './model/world';

let ledger: LedgerUnderTest;
let owner: Client;
beforeAll(async () => {
  ledger = await ledgerUnderTest();
  owner = new Client({ connectionString: ledger.url });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await ledger.close();
});

const PLANS: readonly SplitPlan[] = [
  compileSplitPlan(INFLUENCER, [
    { partyId: PLATFORM, role: 'platform', of: 'gross', share: '0.10' },
    { partyId: AGENCY, role: 'agency', of: 'gross', share: '0.40' },
  ]),
  compileSplitPlan(INFLUENCER, [
    { partyId: PLATFORM, role: 'platform', of: 'gross', share: '1/7' },
    { partyId: AGENCY, role: 'agency', of: 'remainder', share: '2/3' },
  ]),
];

interface Sale {
  readonly deal: number;
  readonly poolMinor: bigint;
  /** Tenths of the sale that come back, one refund each; together at most all of it. */
  readonly refunds: readonly bigint[];
}

function sales(mostRefunds: number): fc.Arbitrary<readonly Sale[]> {
  const refunds = fc.array(fc.bigInt(1n, mostRefunds === 1 ? 10n : 3n), { maxLength: mostRefunds });
  const sale = fc.record({ deal: fc.nat(PLANS.length - 1), poolMinor: fc.bigInt(0n, 120n), refunds });
  return fc.array(sale, { minLength: 10, maxLength: 40 });
}

/** The same ids in every book, so that ties are decided alike. */
async function dealsOf(salt: number): Promise<readonly DealInTest[]> {
  const brandId = uuidv7();
  const parties = { brandId, influencerId: INFLUENCER, agencyId: AGENCY, campaignId: idOf('campaign') };
  return Promise.all(
    PLANS.map((plan, place) => dealInTest(ledger, { ...parties, plan, dealId: idOf(`${salt} deal ${place}`) })),
  );
}

function messagesOf(deals: readonly DealInTest[], sold: readonly Sale[], salt: number): readonly Message[] {
  return sold.flatMap(({ deal, poolMinor, refunds }, place): readonly Message[] => {
    const source = { type: 'sale', id: idOf(`${salt} sale ${place}`) } as const;
    const sale = saleOf(deals[deal] ?? dealMissing(), poolMinor, { source, baseMinor: poolMinor * 10n });
    const back = refunds.map((tenths, number): Message => {
      const refundId = idOf(`${salt} refund ${place} ${number}`);
      const refundedBaseMinor = poolMinor * tenths;
      const occurredAt = new Date('2026-10-03T00:00:00Z');
      return { refund: { idempotencyKey: `refund:${refundId}`, source, refundId, refundedBaseMinor, occurredAt } };
    });
    return [{ sale }, ...(poolMinor === 0n ? [] : back)];
  });
}

function dealMissing(): never {
  throw new RangeError('There is no such deal.');
}

/** What the model says of the messages in their plain order, each by itself. */
function expectedOf(deals: readonly DealInTest[], messages: readonly Message[], reserveMinor: bigint): LedgerModel {
  const model = new LedgerModel();
  const at = new Date('2026-10-01T00:00:00Z');
  for (const { brandId, bookId, dealId, currency } of deals) {
    model.openBook(brandId, bookId);
    if (reserveMinor === 0n) continue;
    const money = { brandId, currency, amountMinor: reserveMinor, idempotencyKey: uuidv7() };
    model.expect({ do: 'credit', at, command: { ...money, bankReference: '', receivedAt: at } });
    model.expect({ do: 'fund', at, command: { ...money, dealId, purpose: 'commission_reserve' } });
  }
  const brandId = deals[0]?.brandId ?? '';
  for (const { sale, refund } of messages) {
    if (sale) model.expect({ do: 'split', at, brandId, drafts: [sale] });
    else model.expect({ do: 'reverse', at, brandId, reversals: [refund] });
  }
  model.expect({ do: 'release', at: RELEASED });
  return model;
}

async function fundAll(deals: readonly DealInTest[], reserveMinor: bigint): Promise<void> {
  if (reserveMinor === 0n) return;
  for (const deal of deals) await fund(ledger, deal, reserveMinor, 'commission_reserve');
}

describe('the same sales and refunds, however they come', () => {
  it(
    'leave the same balances to the cent',
    async () => {
      const reserve = fc.constantFrom(0n, 100_000n);
      await fc.assert(
        fc.asyncProperty(
          sales(1),
          fc.array(deliveries, { minLength: 2, maxLength: 3 }),
          reserve,
          fc.nat(),
          async (...given) => {
            const [sold, ways, reserveMinor, salt] = given;
            for (const way of ways) {
              const deals = await dealsOf(salt);
              const messages = messagesOf(deals, sold, salt);
              await fundAll(deals, reserveMinor);
              await deliver(ledger, deals[0]?.brandId ?? '', messages, way);
              await expectSameBalances(ledger, expectedOf(deals, messages, reserveMinor));
            }
            expect(await checkInvariants(owner)).toEqual([]);
          },
        ),
        randomRun('metamorphic: balances', 5),
      );
    },
    patience(120_000),
  );

  it(
    'leave the same payees and the same debt where the reserve is used up on the way',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          sales(1),
          fc.tuple(deliveries, deliveries),
          fc.bigInt(1n, 600n),
          fc.nat(),
          async (...given) => {
            const [sold, ways, reserveMinor, salt] = given;
            for (const way of ways) {
              const deals = await dealsOf(salt);
              const messages = messagesOf(deals, sold, salt);
              await fundAll(deals, reserveMinor);
              await deliver(ledger, deals[0]?.brandId ?? '', messages, way);
              const [book] = expectedOf(deals, messages, reserveMinor).allBooks;
              const recorded = await recordedBalances(ledger, deals[0]?.bookId ?? 0);
              expect(reserveLessDebt(recorded)).toEqual(reserveLessDebt(book?.balances ?? new Map()));
            }
            expect(await checkInvariants(owner)).toEqual([]);
          },
        ),
        randomRun('metamorphic: a reserve used up', 4),
      );
    },
    patience(120_000),
  );
});

/** Which sale the reserve paid depends on which came first; what is left of it less what the brand owes does not. */
function reserveLessDebt(balances: ReadonlyMap<string, bigint>): Readonly<Record<string, bigint>> {
  const rest: Record<string, bigint> = { 'reserve less debt': 0n };
  for (const [account, balance] of balances) {
    const isReserve = account.startsWith('deal_escrow/');
    const name = isReserve || account.startsWith('brand_receivable/') ? 'reserve less debt' : account;
    const total = (rest[name] ?? 0n) + (name === account || isReserve ? balance : -balance);
    if (name === account && total === 0n) continue;
    rest[name] = total;
  }
  return rest;
}

interface Recorded {
  readonly grossMinor: bigint;
  readonly leftMinor: bigint;
  readonly events: number;
  readonly lefts: readonly { readonly partyId: string; readonly leftMinor: bigint }[];
}

/** Per source: its gross, what is left of it and of each share. */
async function recordedOf(brandId: string, messages: readonly Message[]): Promise<ReadonlyMap<string, Recorded>> {
  const page = { first: 1000, after: null };
  const { rows } = await ledger.run((tx) => ledger.queries.earnings(tx, { brandId }, page));
  return new Map(
    rows.map(({ node }) => {
      const lefts = node.shares.map(({ partyId, amountMinor, reversedMinor }) => ({
        partyId,
        leftMinor: amountMinor - reversedMinor,
      }));
      const events = messages.filter(({ sale, refund }) => (sale ?? refund).source.id === node.sourceId).length;
      const { sourceId, grossMinor, grossReversedMinor } = node;
      return [sourceId, { grossMinor, leftMinor: grossMinor - grossReversedMinor, events, lefts }];
    }),
  );
}

/** Each share of a source is less than a unit per event away from its exact part of what is left. */
function expectNearExact(recorded: ReadonlyMap<string, Recorded>, planOf: (sourceId: string) => SplitPlan): void {
  for (const [sourceId, { leftMinor, events, lefts }] of recorded) {
    expect(lefts.reduce((sum, share) => sum + share.leftMinor, 0n)).toBe(leftMinor);
    for (const share of planOf(sourceId).shares) {
      const { over, under } = fractionOf(share.share);
      const actual = lefts.find(({ partyId }) => partyId === share.partyId)?.leftMinor ?? 0n;
      const distance = actual * under - leftMinor * over;
      expect(distance < BigInt(events) * under && -distance < BigInt(events) * under).toBe(true);
    }
  }
}

describe('several partial refunds of one sale, however they come', () => {
  it(
    'take back the same of each sale, and leave each share within a unit per event of its exact part',
    async () => {
      await fc.assert(
        fc.asyncProperty(sales(3), fc.tuple(deliveries, deliveries), fc.nat(), async (sold, ways, salt) => {
          for (const way of ways) {
            const deals = await dealsOf(salt);
            const messages = messagesOf(deals, sold, salt);
            await deliver(ledger, deals[0]?.brandId ?? '', messages, way);
            const recorded = await recordedOf(deals[0]?.brandId ?? '', messages);
            const [book] = expectedOf(deals, messages, 0n).allBooks;
            const expected = [...(book?.earnings.values() ?? [])].map(
              ({ sourceId, grossMinor, grossReversedMinor }) => [sourceId, grossMinor, grossMinor - grossReversedMinor],
            );
            const taken = [...recorded].map(([sourceId, { grossMinor, leftMinor }]) => [
              sourceId,
              grossMinor,
              leftMinor,
            ]);
            expect(taken.sort()).toEqual(expected.sort());
            const places = new Map(sold.map(({ deal }, place) => [idOf(`${salt} sale ${place}`), deal]));
            expectNearExact(recorded, (sourceId) => PLANS[places.get(sourceId) ?? -1] ?? dealMissing());
          }
          expect(await checkInvariants(owner)).toEqual([]);
        }),
        randomRun('metamorphic: partial refunds', 5),
      );
    },
    patience(120_000),
  );
});

describe('sales of a deal with tiers and a cap, however they come', () => {
  const terms = fc.record({
    rate: fc.constantFrom('0.075', '1/6', '0.2'),
    tiers: fc.constantFrom(
      [],
      [{ fromNetSalesMinor: 900n, rate: '0.11' }],
      [
        { fromNetSalesMinor: 333n, rate: '1/7' },
        { fromNetSalesMinor: 2500n, rate: '0.3' },
      ],
    ),
    capMinor: fc.constantFrom(null, 250n, 700n),
  });

  it(
    'earn the same in all, and each party within a unit per sale of its exact part',
    async () => {
      const bases = fc.array(fc.bigInt(0n, 400n), { minLength: 5, maxLength: 40 });
      await fc.assert(
        fc.asyncProperty(bases, terms, fc.tuple(deliveries, deliveries), fc.nat(), async (sold, agreed, ways, salt) => {
          const totals: bigint[] = [];
          for (const way of ways) {
            const [deal] = await dealsOf(salt);
            if (!deal) return;
            const messages = inTurn(deal, agreed, sold, way, salt);
            await deliver(ledger, deal.brandId, messages, way);
            const recorded = await recordedOf(deal.brandId, messages);
            expectNearExact(recorded, () => deal.plan);
            totals.push([...recorded.values()].reduce((sum, { leftMinor }) => sum + leftMinor, 0n));
          }
          expect(totals).toEqual(totals.map(() => inAll(agreed, sold)));
          expect(await checkInvariants(owner)).toEqual([]);
        }),
        randomRun('metamorphic: tiers and caps', 6),
      );
    },
    patience(120_000),
  );

  /** Rounded once for the whole deal, or with one rate and no cap once for each sale. */
  function inAll(agreed: CommissionTerms, bases: readonly bigint[]): bigint {
    const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);
    if (agreed.tiers.length > 0 || agreed.capMinor !== null) return poolOf(agreed, 0n, sum(bases));
    return sum(bases.map((baseMinor) => poolOf(agreed, 0n, baseMinor)));
  }

  /** The pool of each sale follows from the ones that came before it, in the order of this delivery. */
  function inTurn(
    deal: DealInTest,
    agreed: CommissionTerms,
    bases: readonly bigint[],
    { order }: Delivery,
    salt: number,
  ): readonly Message[] {
    let [netMinor, leftMinor] = [0n, agreed.capMinor];
    const numbered = bases.map((baseMinor, place) => ({ baseMinor, place }));
    const turned = [...numbered.slice(order % bases.length), ...numbered.slice(0, order % bases.length)];
    if (order % 2 === 1) turned.reverse();
    return turned.map(({ baseMinor, place }): Message => {
      const facts = { baseMinor, netSalesBeforeMinor: netMinor, capLeftMinor: leftMinor };
      const poolMinor = commissionOfSale(agreed, facts);
      netMinor += baseMinor;
      if (leftMinor !== null) leftMinor -= poolMinor;
      const source = { type: 'sale', id: idOf(`${salt} sale ${place}`) } as const;
      return { sale: saleOf(deal, poolMinor, { ...facts, source, commissionTerms: agreed }) };
    });
  }
});
