import { type BankCredit, checkBankCredit } from './bank-credit';

const NOW = new Date('2026-10-01T00:00:00Z');
const CREDIT: BankCredit = {
  idempotencyKey: 'statement 1',
  currency: 'EUR',
  amountMinor: 1n,
  bankReference: 'SCT 1',
  receivedAt: NOW,
};

describe('a bank credit', () => {
  it.each<[string, Partial<BankCredit>, string]>([
    ['of a currency that does not exist', { currency: 'EURO' }, 'UNKNOWN_CURRENCY'],
    ['without a key', { idempotencyKey: '' }, 'INVALID_INPUT'],
    ['with a key of 10 kB', { idempotencyKey: 'k'.repeat(10_240) }, 'INVALID_INPUT'],
    ['with U+0000 in its reference', { bankReference: 'SCT\u0000' }, 'INVALID_INPUT'],
    ['with half a character in its key', { idempotencyKey: '\ud83d' }, 'INVALID_INPUT'],
    ['that arrives in two days', { receivedAt: new Date('2026-10-03T00:00:00Z') }, 'INVALID_INPUT'],
    ['of no instant', { receivedAt: new Date(Number.NaN) }, 'INVALID_INPUT'],
  ])('%s is refused', (_what, change, code) => {
    expect(() => checkBankCredit({ ...CREDIT, ...change }, NOW)).toThrow(expect.objectContaining({ code }));
  });

  it('may come from a clock ahead of ours', () => {
    expect(() => checkBankCredit({ ...CREDIT, receivedAt: new Date('2026-10-01T14:00:00Z') }, NOW)).not.toThrow();
  });
});
