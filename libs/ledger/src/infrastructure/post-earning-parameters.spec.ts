import { brandReceivable, dealEscrow, payeePending } from '../domain/account';
import { type EarningDraft, earningSplit } from '../domain/events/earning-split';
import { compileSplitPlan } from '../domain/split-plan';
import { posting, type PostingDraft, type TransactionDraft } from '../domain/transaction-draft';
import { postEarningParameters } from './post-earning-parameters';

const sale: EarningDraft = {
  idempotencyKey: 'sale:1',
  kind: 'note_commission',
  source: { type: 'sale', id: 'sale' },
  dealId: 'deal',
  campaignId: 'campaign',
  influencerId: 'lin',
  currency: 'EUR',
  baseMinor: 1000n,
  poolMinor: 100n,
  plan: compileSplitPlan('lin', [{ partyId: 'platform', role: 'platform', of: 'gross', share: '0.10' }]),
  earnedAt: new Date('2026-10-01T00:00:00Z'),
  releaseAt: new Date('2026-10-15T00:00:00Z'),
  fundedFrom: 'reserve_then_receivable',
};
const draft = earningSplit(sale).draft;
const withPosting = (last: PostingDraft): TransactionDraft => ({ ...draft, postings: [...draft.postings, last] });
const reserve = dealEscrow('deal', 'commission_reserve', 'EUR');
const taker = payeePending('lin', 'EUR');
const overflow = brandReceivable('EUR');

describe('the short way of an earning', () => {
  it('is for what the reserve pays as far as it goes, and the brand owes for the rest', () => {
    expect(postEarningParameters(1, draft, false)).not.toBeNull();
    expect(postEarningParameters(1, earningSplit({ ...sale, poolMinor: 0n }).draft, false)).not.toBeNull();
  });

  it.each<[string, TransactionDraft]>([
    ['what is no earning', { ...draft, earning: null }],
    ['a bank reference, which it would lose', { ...draft, reference: 'SCT 1' }],
    ['a share that is available at once', withFirstShareAvailable()],
    ['money that is held for work', withPosting(posting(dealEscrow('deal', 'cash', 'EUR'), taker, 1n, { overflow }))],
    [
      'the reserve of another deal',
      withPosting(posting(dealEscrow('other', 'commission_reserve', 'EUR'), taker, 1n, { overflow })),
    ],
    ['a reserve that has to hold it all', withPosting(posting(reserve, taker, 1n))],
    [
      'a rest that somebody else owes',
      withPosting(posting(reserve, taker, 1n, { overflow: payeePending('eve', 'EUR') })),
    ],
  ])('is not for %s', (_what, other) => {
    expect(postEarningParameters(1, other, false)).toBeNull();
  });
});

function withFirstShareAvailable(): TransactionDraft {
  const { earning } = draft;
  if (!earning) throw new RangeError('A sale is an earning.');
  const shares = earning.shares.map((share, place) => ({ ...share, isHeld: place > 0 }));
  return { ...draft, earning: { ...earning, shares } };
}
