import {
  AppealAlreadyMade,
  AppealTooLate,
  AppealWithBrand,
  AppealWithOperator,
  ExtensionAlreadyUsed,
  InvalidPostingDueDate,
  NoOpenAppeal,
  PostingDutyEnded,
} from './gift-errors';
import { type AppealDecider, type AppealDecision, type GiftProgress, PROMISED } from './gift-progress';
import {
  appealDuty,
  appealUntil,
  brandDecidesUntil,
  decideAppeal,
  extendDuty,
  isDutyOver,
  markGiftOverdue,
} from './posting-duty';

const DUE = new Date('2026-03-15T12:00:00Z');
const DAY = 86_400_000;
const due = (days: number) => new Date(DUE.getTime() + days * DAY);

const RECEIVED: GiftProgress = { ...PROMISED, state: 'received', receivedAt: due(-14), postingDueAt: DUE };
const OVERDUE = markGiftOverdue(RECEIVED, DUE);
const APPEALED = appealDuty(OVERDUE, 'I was ill', due(2));

describe('an extension', () => {
  it('adds seven days to the due date, whenever it is asked for', () => {
    for (const at of [due(-14), due(-0.001)]) {
      expect(extendDuty(RECEIVED, at)).toMatchObject({ state: 'received', extendedAt: at, postingDueAt: due(7) });
    }
  });

  it('is not there a second time, nor once the duty is due', () => {
    expect(() => extendDuty(extendDuty(RECEIVED, due(-3)), due(-2))).toThrow(ExtensionAlreadyUsed);
    expect(() => extendDuty(RECEIVED, DUE)).toThrow(PostingDutyEnded);
  });

  it('moves the instant from which the duty is overdue', () => {
    const extended = extendDuty(RECEIVED, due(-1));
    expect([RECEIVED, extended].map((gift) => isDutyOver(gift, DUE))).toEqual([true, false]);
    expect(isDutyOver(extended, due(7))).toBe(true);
  });
});

describe('an appeal', () => {
  it('is made within 14 days of falling overdue', () => {
    expect(appealUntil(OVERDUE)).toEqual(due(14));
    expect(appealDuty(OVERDUE, 'Late', due(13.999)).appeal).toMatchObject({ reason: 'Late', decision: null });
    expect(() => appealDuty(OVERDUE, 'Late', due(14))).toThrow(AppealTooLate);
  });

  it('is made once, also after it was decided', () => {
    expect(() => appealDuty(APPEALED, 'Again', due(3))).toThrow(AppealAlreadyMade);
    const verdict = { decision: 'renewed', newDueAt: due(10), by: 'brand' } as const;
    const renewed = markGiftOverdue(decideAppeal(APPEALED, verdict, due(3)), due(10));
    expect(renewed).toMatchObject({ state: 'overdue', overdueAt: due(10) });
    expect(() => appealDuty(renewed, 'Again', due(11))).toThrow(AppealAlreadyMade);
  });

  const decide = (decision: AppealDecision, newDueAt: Date | null, by: AppealDecider, at: Date) =>
    decideAppeal(APPEALED, { decision, newDueAt, by }, at);

  it('is the brand’s to decide for 14 days and the operator’s from then on', () => {
    expect(APPEALED.appeal && brandDecidesUntil(APPEALED.appeal)).toEqual(due(16));
    expect(decide('refused', null, 'brand', due(15.999)).appeal?.decidedBy).toBe('brand');
    expect(() => decide('refused', null, 'brand', due(16))).toThrow(AppealWithOperator);
    expect(() => decide('refused', null, 'operator', due(15.999))).toThrow(AppealWithBrand);
    expect(decide('refused', null, 'operator', due(16)).appeal?.decidedBy).toBe('operator');
  });

  it('leaves the duty waived, due anew, or overdue', () => {
    const decided = { decidedBy: 'brand', decidedAt: due(3) };
    expect(decide('waived', null, 'brand', due(3))).toMatchObject({
      state: 'waived',
      waivedAt: due(3),
      appeal: { decision: 'waived', ...decided },
    });
    expect(decide('renewed', due(20), 'brand', due(3))).toMatchObject({
      state: 'received',
      postingDueAt: due(20),
      overdueAt: null,
      appeal: { decision: 'renewed', ...decided },
    });
    expect(decide('refused', null, 'brand', due(3))).toMatchObject({
      state: 'overdue',
      overdueAt: DUE,
      appeal: { decision: 'refused', ...decided },
    });
  });

  it.each<readonly [AppealDecision, Date | null]>([
    ['renewed', null],
    ['renewed', due(3)],
    ['renewed', due(93.001)],
    ['waived', due(10)],
    ['refused', due(10)],
  ])('that is %s has no due date %p', (decision, newDueAt) => {
    expect(() => decide(decision, newDueAt, 'brand', due(3))).toThrow(InvalidPostingDueDate);
  });

  it('is decided once, and only where there is one', () => {
    const refused = decide('refused', null, 'brand', due(3));
    const verdict = { decision: 'waived', newDueAt: null, by: 'brand' } as const;
    for (const gift of [refused, OVERDUE]) expect(() => decideAppeal(gift, verdict, due(4))).toThrow(NoOpenAppeal);
  });
});
