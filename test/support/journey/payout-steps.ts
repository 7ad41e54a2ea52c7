import type { GraphqlClient } from '../graphql-client';
import type { JourneyPeople } from './people';

/** A batch from its draft to the last paid item. */
export class PayoutSteps {
  private batchId = '';

  constructor(private readonly people: JourneyPeople) {}

  async prepareAndApprove(): Promise<void> {
    const { preparer, approver, influencer } = this.people;
    const draft = {
      cutOff: new Date().toISOString(),
      timeZone: 'Europe/Paris',
      currencies: ['EUR'],
      minimums: [{ amount: '1.00', currency: 'EUR' }],
      idempotencyKey: 'batch-1',
    };
    expect((await influencer.send(PREPARE, { input: draft })).errors[0]?.extensions.code).toBe('FORBIDDEN');
    const batch = await preparer.succeed('preparePayoutBatch', 'PayoutBatch', draft, 'id state');
    const again = await preparer.succeed('preparePayoutBatch', 'PayoutBatch', draft, 'id state');
    expect(again).toEqual(batch);
    this.batchId = batch.id;
    const { contentHash } = await preparer.succeed(
      'submitPayoutBatch',
      'PayoutBatch',
      { batchId: batch.id },
      'contentHash',
    );
    const own = await preparer.send(APPROVE, { input: { batchId: batch.id, contentHash } });
    expect(own.errors[0]?.extensions.code ?? own.data?.approvePayoutBatch.code).toMatch(
      /FORBIDDEN|PREPARER_CANNOT_APPROVE/,
    );
    const other = { batchId: batch.id, contentHash: contentHash.replace(/^./, (c: string) => (c === '0' ? '1' : '0')) };
    expect((await approver.mutate('approvePayoutBatch', 'PayoutBatch', other, 'state')).code).toBe(
      'BATCH_CONTENT_CHANGED',
    );
    const approved = await approver.succeed(
      'approvePayoutBatch',
      'PayoutBatch',
      { batchId: batch.id, contentHash },
      'state',
    );
    expect(approved.state).toBe('APPROVED');
  }

  /** The file is the same however often it is asked for; each item is marked by what the bank says. */
  async exportAndPay(): Promise<void> {
    const { preparer } = this.people;
    const exported = await preparer.succeed(
      'exportPayoutBatch',
      'PayoutBatchExport',
      { batchId: this.batchId },
      'csv fileName',
    );
    const again = await preparer.succeed(
      'exportPayoutBatch',
      'PayoutBatchExport',
      { batchId: this.batchId },
      'csv isRepeated',
    );
    expect(again).toMatchObject({ csv: exported.csv, isRepeated: true });
    for (const item of await this.items(preparer)) {
      expect(exported.csv).toContain(item.endToEndId);
      const paid = {
        itemId: item.id,
        bankReference: `bank ${item.endToEndId}`,
        paidAt: new Date().toISOString(),
        idempotencyKey: item.id,
      };
      await preparer.succeed('markPayoutItemPaid', 'PayoutItem', paid, 'state');
      await preparer.succeed('markPayoutItemPaid', 'PayoutItem', paid, 'state');
    }
    const { payoutBatch } = await preparer.ask('query ($id: ID!) { payoutBatch(id: $id) { state } }', {
      id: this.batchId,
    });
    expect(payoutBatch.state).toBe('SETTLED');
  }

  private async items(client: GraphqlClient): Promise<readonly { id: string; endToEndId: string }[]> {
    const { payoutBatch } = await client.ask(
      'query ($id: ID!) { payoutBatch(id: $id) { items(first: 100) { edges { node { id endToEndId } } } } }',
      { id: this.batchId },
    );
    const items = payoutBatch.items.edges.map((edge: { node: { id: string; endToEndId: string } }) => edge.node);
    expect(items.length).toBeGreaterThanOrEqual(2);
    return items;
  }
}

const PREPARE = 'mutation ($input: PreparePayoutBatchInput!) { preparePayoutBatch(input: $input) { __typename } }';
const APPROVE = `mutation ($input: ApprovePayoutBatchInput!) {
  approvePayoutBatch(input: $input) { __typename ... on BusinessError { code } }
}`;
