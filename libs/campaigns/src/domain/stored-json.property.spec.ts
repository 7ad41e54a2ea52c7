import * as fc from 'fast-check';
import { mixedCompensation, sampleBrief } from '../../../../test/support/campaigns/campaign-samples';
import { briefFromJson, briefToJson, compensationFromJson, compensationToJson } from './stored-json';

const throughJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('stored JSON', () => {
  it('gives a brief back as it was', () => {
    const brief = sampleBrief();
    expect(briefFromJson(throughJson(briefToJson(brief)))).toEqual(brief);
  });

  it('gives any amount back exactly, and texts that look like amounts as texts', () => {
    const amount = fc.bigInt({ min: 0n, max: 2n ** 63n - 1n });
    fc.assert(
      fc.property(amount, amount, fc.string(), (fee, value, name) => {
        const { commission, ...others } = mixedCompensation();
        const bonus = { id: name, metric: 'net_sales', splitBy: 'note_commission' } as const;
        const bonuses = [{ ...bonus, threshold: fee, amountMinor: value }];
        const compensation = {
          ...others,
          commission: commission && { ...commission, bonuses },
          cash: { currency: 'JPY', amountMinor: fee, milestones: [{ deliverableKey: '12', amountMinor: fee }] },
          gift: { currency: 'JPY', items: [{ name, quantity: 1, fairMarketValueMinor: value }], postingDutyDays: 7 },
        };
        expect(compensationFromJson(throughJson(compensationToJson(compensation)))).toEqual(compensation);
      }),
    );
  });

  it('reads an offer made before there were bonuses as one without, decided by the last click', () => {
    const compensation = mixedCompensation();
    const stored = compensationToJson(compensation);
    const commission = Object.fromEntries(
      Object.entries(stored['commission'] ?? {}).filter(([key]) => key !== 'bonuses' && key !== 'attributionModel'),
    );
    expect(compensationFromJson(throughJson({ ...stored, commission }))).toEqual(compensation);
  });
});
