import { checkWanted, isWanted } from './event-types';

describe('what an endpoint wants', () => {
  it('is types, all types of an object, or everything', () => {
    const wanted = checkWanted(['sale.recorded', 'deal.*', 'sale.recorded']);
    expect(wanted).toEqual(['deal.*', 'sale.recorded']);
    expect(isWanted(wanted, 'sale.recorded')).toBe(true);
    expect(isWanted(wanted, 'deal.disputed')).toBe(true);
    expect(isWanted(wanted, 'refund.recorded')).toBe(false);
    expect(isWanted(wanted, 'deliverable.approved')).toBe(false);
    expect(isWanted(checkWanted(['*']), 'payout.paid')).toBe(true);
  });

  it.each([[], [''], ['sale.sold'], ['sale*'], ['nothing.*'], ['deal.accepted', 'DEAL.FUNDED'], ['webhook.test']])(
    'is nothing that there is not: %p',
    (...wanted) => {
      expect(() => checkWanted(wanted)).toThrow(expect.objectContaining({ code: 'UNKNOWN_EVENT_TYPE' }));
    },
  );
});
