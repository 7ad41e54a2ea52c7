import { UnknownMilestoneDeliverable } from './errors';
import { expandMilestones, expandPieces } from './milestone';

const SPECS = [
  { key: 'note', quantity: 3 },
  { key: 'live', quantity: 1 },
];

describe('expanding a brief', () => {
  it('makes one piece for each asked for', () => {
    const pieces = expandPieces(SPECS).map(({ specKey, sequence }) => `${specKey} ${sequence}`);
    expect(pieces).toEqual(['note 1', 'note 2', 'note 3', 'live 1']);
  });

  it('divides a milestone over its pieces without losing a minor unit', () => {
    const parts = expandMilestones([{ deliverableKey: 'note', amountMinor: 1000n }], SPECS);
    expect(parts.map((part) => part.amountMinor)).toEqual([334n, 333n, 333n]);
  });

  it('keeps several milestones of one piece apart', () => {
    const milestones = [
      { deliverableKey: 'live', amountMinor: 500n },
      { deliverableKey: 'note', amountMinor: 3n },
      { deliverableKey: 'live', amountMinor: 700n },
    ];
    const live = expandMilestones(milestones, SPECS).filter((part) => part.specKey === 'live');
    expect(live.map(({ ordinal, amountMinor }) => [ordinal, amountMinor])).toEqual([
      [1, 500n],
      [2, 700n],
    ]);
  });

  it('leaves out parts of zero', () => {
    const parts = expandMilestones([{ deliverableKey: 'note', amountMinor: 2n }], SPECS);
    expect(parts.map((part) => [part.sequence, part.amountMinor])).toEqual([
      [1, 1n],
      [2, 1n],
    ]);
  });

  it('refuses a milestone for what the brief does not ask', () => {
    const stray = [{ deliverableKey: 'story', amountMinor: 1n }];
    expect(() => expandMilestones(stray, SPECS)).toThrow(UnknownMilestoneDeliverable);
  });
});
