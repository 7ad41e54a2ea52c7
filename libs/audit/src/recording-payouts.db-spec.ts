import { auditEntriesOf } from '../../../test/support/audit-entries';
import { approve, draft, itemOf, payable } from '../../../test/support/payout-scenes';
import { type PayoutsUnderTest, payoutsUnderTest } from '../../../test/support/payouts-under-test';

let payouts: PayoutsUnderTest;

beforeAll(async () => {
  payouts = await payoutsUnderTest();
});
afterAll(() => payouts.close());

const byPreparer = () => ({ by: `person ${payouts.preparer.userId}` });
const byApprover = () => ({ by: `person ${payouts.approver.userId}` });

describe('a payout batch', () => {
  it('leaves who prepared and who approved it, bound to which hash, and the course of its items', async () => {
    const deal = await payable(payouts);
    const batchId = await draft(payouts);
    await approve(payouts, batchId);
    await payouts.export.execute({ actor: payouts.approver, batchId });
    const { itemId } = await itemOf(payouts, batchId, deal.influencerId);
    await payouts.markPaid.execute({
      actor: payouts.approver,
      itemId,
      bankReference: 'PRIVATE-REFERENCE',
      paidAt: new Date(),
      idempotencyKey: 'paid',
    });
    const ofBatch = await auditEntriesOf(payouts.owner, batchId);
    const states = ofBatch.filter(({ table }) => table === 'payouts.batches');
    expect(states).toMatchObject([
      { action: 'created', ...byPreparer(), changes: { state: { new: 'draft' } } },
      { action: 'submitted', ...byPreparer() },
      { action: 'approved', ...byApprover() },
      { action: 'exported', ...byApprover() },
    ]);
    const submitted = states[1]?.changes['submitted_hash'] as { new: string };
    expect(submitted.new).toMatch(/^\\x[0-9a-f]{64}$/);
    expect(states[2]?.changes['approved_hash']).toEqual({ old: null, new: submitted.new });

    const ofItem = await auditEntriesOf(payouts.owner, itemId);
    const courses = ofItem.filter(({ table }) => table === 'payouts.items');
    expect(courses.map(({ action, by }) => [action, by])).toEqual([
      ['created', byPreparer().by],
      ['sent', byApprover().by],
      ['paid', byApprover().by],
    ]);
    // This world's connections bring no key.
    expect(courses[2]?.changes['bank_reference']).toEqual({ oldDigest: null, newDigest: null });
    expect(ofItem.map(({ table }) => table)).toContain('payouts.item_accounts');
    expect(JSON.stringify([ofBatch, ofItem])).not.toMatch(/PRIVATE-REFERENCE|7630006000/);
  });
});
