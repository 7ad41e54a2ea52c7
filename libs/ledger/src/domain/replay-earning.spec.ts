import { Rational } from '@evenhand/money';
import * as fc from 'fast-check';
import { commissionOfSale, type CommissionTerms } from './commission-pool';
import { type EarningDraft, earningSplit } from './events/earning-split';
import { replayEarning } from './replay-earning';
import { compileSplitPlan, type Cut, type SplitPlan } from './split-plan';
import { commissionOf, type SplitRule, splitRuleOf, splitRuleText } from './split-rule';

const cuts: readonly Cut[] = [
  { partyId: 'platform', role: 'platform', of: 'on_top', share: '1/20', minMinor: '30' },
  { partyId: 'agency', role: 'agency', of: 'gross', share: '0.40', maxMinor: '400' },
  { partyId: 'other', role: 'agency', of: 'remainder', share: '1/3', minMinor: '7' },
];
const plain = compileSplitPlan('lin', [{ partyId: 'agency', role: 'agency', of: 'gross', share: '3/7' }]);
const plans: readonly SplitPlan[] = [
  compileSplitPlan('lin', cuts, 'EUR'),
  plain,
  { ...plain, ruleVersion: 'chain-of-cuts/1' },
];
const terms: readonly (CommissionTerms | null)[] = [
  null,
  { rate: '0.10', tiers: [], capMinor: null },
  { rate: '1/3', tiers: [{ fromNetSalesMinor: 4000n, rate: '0.15' }], capMinor: null },
  { rate: '0.10', tiers: [{ fromNetSalesMinor: 900n, rate: '0.25' }], capMinor: 700n },
];

const draft = (given: Partial<EarningDraft>): EarningDraft => ({
  idempotencyKey: 'sale:1',
  kind: 'note_commission',
  source: { type: 'sale', id: 'sale' },
  dealId: 'deal',
  campaignId: 'campaign',
  influencerId: 'lin',
  currency: 'EUR',
  baseMinor: 1000n,
  poolMinor: 1000n,
  plan: plain,
  earnedAt: new Date('2026-10-01T00:00:00Z'),
  releaseAt: new Date('2026-10-15T00:00:00Z'),
  fundedFrom: 'reserve_then_receivable',
  ...given,
});
const stored = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

describe('replayEarning', () => {
  it('gives the gross and the parts that were recorded, by old and new rules, read back from JSON', () => {
    const figures = fc.record({
      plan: fc.constantFrom(...plans),
      agreed: fc.constantFrom(...terms),
      baseMinor: fc.bigInt(0n, 20_000n),
      before: fc.bigInt(0n, 10_000n),
      capLeft: fc.bigInt(0n, 700n),
      saleId: fc.uuid(),
    });
    fc.assert(
      fc.property(figures, ({ plan, agreed, baseMinor, before, capLeft, saleId }) => {
        const facts = {
          baseMinor,
          netSalesBeforeMinor: agreed && before,
          capLeftMinor: agreed?.capMinor === null ? null : capLeft,
        };
        const poolMinor = agreed ? commissionOfSale(agreed, facts) : baseMinor;
        const source = { type: 'sale', id: saleId } as const;
        const split = earningSplit(draft({ source, plan, poolMinor, commissionTerms: agreed, ...facts }));
        const recorded = split.draft.earning;
        if (!recorded) throw new Error('An earning is recorded.');
        const { netSalesBeforeMinor, capLeftMinor, sourceId } = recorded;
        const replayed = replayEarning(stored(recorded.rule), {
          sourceId,
          baseMinor: recorded.baseMinor,
          netSalesBeforeMinor,
          capLeftMinor,
        });
        expect(replayed.grossMinor).toBe(recorded.grossMinor);
        expect(replayed.parts).toEqual(recorded.shares.map(({ isHeld: _isHeld, ...part }) => part));
      }),
    );
  });

  it('tells a changed fact: another base, another source where a unit is odd', () => {
    const { earning } = earningSplit(draft({})).draft;
    const facts = { sourceId: 'sale', baseMinor: 1001n, netSalesBeforeMinor: null, capLeftMinor: null };
    if (!earning) throw new Error('An earning is recorded.');
    expect(replayEarning(earning.rule, facts).grossMinor).not.toBe(earning.grossMinor);
  });
});

describe('earningSplit', () => {
  it('records the rule, what ran before, and the whole that the brand pays', () => {
    const [plan] = plans;
    const [, , , capped] = terms;
    const given = { plan, commissionTerms: capped, netSalesBeforeMinor: 5n, capLeftMinor: 600n };
    const { earning, postings } = earningSplit(draft({ ...given, poolMinor: 500n })).draft;
    expect(earning).toMatchObject({ baseMinor: 1000n, grossMinor: 530n, netSalesBeforeMinor: 5n, capLeftMinor: 600n });
    expect(earning?.rule).toEqual({
      version: 'chain-of-cuts/2',
      plan,
      commission: { rate: '0.10', tiers: [{ fromNetSalesMinor: '900', rate: '0.25' }], capMinor: '700' },
    });
    expect(postings.map(({ credit, amountMinor }) => [credit.kind, amountMinor])[0]).toEqual([
      'platform_fee_pending',
      30n,
    ]);
  });

  it('refuses a plan whose bounds are in another currency', () => {
    expect(() => earningSplit(draft({ plan: plans[0], currency: 'USD' }))).toThrow(/USD/);
  });

  it('asks something else under the same key where the rule differs only in a bound', () => {
    const [bounded] = plans;
    const other = compileSplitPlan(
      'lin',
      cuts.map((cut) => (cut.maxMinor === undefined ? cut : { ...cut, maxMinor: '401' })),
      'EUR',
    );
    const askedBy = (plan: SplitPlan | undefined) => {
      const { request, earning } = earningSplit(draft({ plan })).draft;
      return JSON.stringify([request, earning?.rule]);
    };
    expect(askedBy(bounded)).not.toBe(askedBy(other));
  });
});

describe('splitRuleOf', () => {
  it('is one object for the same plan and terms, so that it is stored and hashed once', () => {
    const [, , , capped] = terms;
    expect(splitRuleOf(plain, null)).toBe(splitRuleOf(plain, null));
    expect(splitRuleOf(plain, capped ?? null)).toBe(splitRuleOf(plain, capped ?? null));
    expect(splitRuleOf(plain, capped ?? null)).not.toBe(splitRuleOf(plain, null));
  });

  it('has one text for equal rules, whatever order the database gives their keys in', () => {
    const rule = splitRuleOf(compileSplitPlan('lin', cuts, 'EUR'), terms[3] ?? null);
    const reordered = sortKeys(stored(rule)) as SplitRule;
    expect(splitRuleText(reordered)).toBe(splitRuleText(rule));
    const cheaper = { ...rule, commission: rule.commission && { ...rule.commission, capMinor: '699' } };
    expect(splitRuleText(cheaper)).not.toBe(splitRuleText(rule));
  });

  it('gives the terms back exactly', () => {
    for (const agreed of terms) expect(commissionOf(splitRuleOf(plain, agreed))).toEqual(agreed);
    const rate = Rational.parse('1/3');
    expect(commissionOf(splitRuleOf(plain, { rate: rate.toString(), tiers: [], capMinor: 0n }))?.capMinor).toBe(0n);
  });
});

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]): [string, unknown] => [key, sortKeys(inner)]);
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
