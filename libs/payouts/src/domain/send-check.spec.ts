import { decideSending, type PlannedTransfer } from './send-check';

function transfer(itemId: string, given: Partial<PlannedTransfer> = {}): PlannedTransfer {
  return {
    itemId,
    ordinal: Number(itemId),
    bookId: 1,
    partyId: itemId,
    currency: 'EUR',
    amountMinor: 100n,
    payableMinor: 100n,
    isDisputed: false,
    cashMinor: 250n,
    ...given,
  };
}
const idsOf = (transfers: readonly PlannedTransfer[]) => transfers.map((sent) => sent.itemId);

describe('deciding which items of an approved batch can be sent', () => {
  it("takes items in their order as far as the book's cash goes", () => {
    const { sent, heldBack } = decideSending([transfer('3'), transfer('1'), transfer('2')]);
    expect(idsOf(sent)).toEqual(['1', '2']);
    expect([...heldBack]).toEqual([['3', 'waiting_for_brand_money']]);
  });

  it('counts the cash of each book and currency by itself', () => {
    const { heldBack } = decideSending([
      transfer('1', { cashMinor: 100n }),
      transfer('2', { cashMinor: 100n, bookId: 2 }),
      transfer('3', { cashMinor: 100n, currency: 'JPY' }),
    ]);
    expect(heldBack.size).toBe(0);
  });

  it('holds a whole item back where one of its books cannot pay its part, and leaves the cash to others', () => {
    const { sent, heldBack } = decideSending([
      transfer('1', { payableMinor: 99n, cashMinor: 100n }),
      transfer('1', { bookId: 2, cashMinor: 100n }),
      transfer('2', { bookId: 2, cashMinor: 100n }),
    ]);
    expect(idsOf(sent)).toEqual(['2']);
    expect([...heldBack]).toEqual([['1', 'negative_balance']]);
  });
});
