import { notPaidBecause, type ShareFacts, type ShareInItem } from './not-paid-because';

const NOW = new Date('2026-11-20T00:00:00.000Z');
const LATER = new Date('2026-12-01T00:00:00.000Z');

function facts(given: Partial<ShareFacts> = {}): ShareFacts {
  const payee = { hasAccount: true, openInBookMinor: 100n, openInAllMinor: 100n, minimumMinor: 0n, cashMinor: 100n };
  return { netMinor: 100n, state: 'released', releaseAt: NOW, frozenReason: null, items: [], payee, ...given };
}
function inItem(itemState: ShareInItem['itemState'], batchState: ShareInItem['batchState'], amountMinor = 100n) {
  return { itemId: 'i', itemState, batchId: 'b', batchNumber: 7n, batchState, amountMinor };
}
const reasonsOf = (share: ShareFacts) => notPaidBecause(share, NOW).map((part) => [part.reason, part.amountMinor]);

describe('why a share is not paid', () => {
  it.each<[string, Partial<ShareFacts>]>([
    ['held_until', { state: 'held', releaseAt: LATER }],
    ['release_due', { state: 'held', releaseAt: NOW }],
    ['disputed', { state: 'held', releaseAt: LATER, frozenReason: 'dispute' }],
    ['disputed', { frozenReason: 'dispute' }],
    ['risk_review', { state: 'held', releaseAt: LATER, frozenReason: 'risk' }],
    ['next_batch', {}],
    ['no_payout_account', { payee: { ...facts().payee, hasAccount: false } }],
    ['below_minimum', { payee: { ...facts().payee, minimumMinor: 101n } }],
    ['waiting_for_brand_money', { payee: { ...facts().payee, cashMinor: 99n } }],
    ['negative_balance', { payee: { ...facts().payee, openInBookMinor: 0n } }],
    ['in_draft_batch', { items: [inItem('planned', 'draft')] }],
    ['awaiting_approval', { items: [inItem('planned', 'submitted')] }],
    ['awaiting_export', { items: [inItem('planned', 'approved')] }],
    ['awaiting_bank', { items: [inItem('sent', 'exported')] }],
    ['bank_outcome_unknown', { items: [inItem('unknown', 'exported')] }],
  ])('%s', (reason, given) => {
    expect(reasonsOf(facts(given))).toEqual([[reason, 100n]]);
  });

  it('is not asked of what is paid, and says what refunds took back after that', () => {
    expect(reasonsOf(facts({ items: [inItem('paid', 'settled')] }))).toEqual([]);
    expect(reasonsOf(facts({ netMinor: 60n, items: [inItem('paid', 'settled')] }))).toEqual([
      ['negative_balance', -40n],
    ]);
    expect(reasonsOf(facts({ netMinor: 0n }))).toEqual([]);
  });

  it('names the part in each place, and their sum is what is not paid', () => {
    const share = facts({ netMinor: 250n, items: [inItem('paid', 'settled', 120n), inItem('sent', 'exported', 80n)] });
    expect(reasonsOf(share)).toEqual([
      ['awaiting_bank', 80n],
      ['next_batch', 50n],
    ]);
    expect(notPaidBecause(share, NOW)[0]).toMatchObject({ batchNumber: 7n, whoMustAct: 'finance_preparer' });
  });
});
