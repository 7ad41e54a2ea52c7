import { systemActor, UnitOfWork } from '@evenhand/kernel';
import { OpenBook, RecordBankCredit, SealTransactions, SettleRecords } from '@evenhand/ledger';
import { ApiInTest, type Login } from '../../../../test/support/api/api-in-test';

const RECEIPT = `query ($id: ID!) { transactionReceipt(id: $id) {
  transactionId sealNo sealedAt headSealNo headHash json } }`;

describe('a receipt over GraphQL', () => {
  let api: ApiInTest;
  let brand: Login;
  let rival: Login;
  let transaction: string;

  beforeAll(async () => {
    api = await ApiInTest.open();
    brand = await api.signUpBrand('aurore', 'Aurore Paris');
    rival = await api.signUpBrand('borealis', 'Borealis');
    const { partyId: brandId } = brand;
    const actor = systemActor('test');
    await api.get(UnitOfWork).run(actor, (tx) => api.get(OpenBook).execute(tx, { brandId }));
    const amount = { currency: 'EUR', amountMinor: 1_050n, receivedAt: new Date() };
    const command = { actor, brandId, ...amount, bankReference: 'SCT 1', idempotencyKey: 'credit' };
    const { bookId, transactionId } = await api.get(RecordBankCredit).execute(command);
    transaction = `txn_${bookId}_${transactionId}`;
  }, 60_000);
  afterAll(() => api?.close());

  const codeOf = async (who: Login, id: string) =>
    (await api.ask(who, RECEIPT, { id })).errors?.[0]?.extensions['code'];

  it('is there once the transaction is sealed, for its brand and for no other', async () => {
    expect(await codeOf(brand, transaction)).toBe('NOT_SEALED_YET');
    for (let step = 0; step < 2; step += 1) await api.get(SettleRecords).execute();
    await api.get(SealTransactions).execute({ now: new Date(), limit: 100 });
    const { data, errors } = await api.ask(brand, RECEIPT, { id: transaction });
    expect(errors).toBeUndefined();
    const receipt = data?.['transactionReceipt'];
    expect(receipt).toMatchObject({ transactionId: transaction, sealNo: 1, headSealNo: 1 });
    expect(Date.now() - new Date(receipt.sealedAt).getTime()).toBeLessThan(60_000);
    const whole = JSON.parse(receipt.json);
    expect(whole).toMatchObject({ format: 'evenhand/receipt/1', head: receipt.headHash });
    expect(whole.content[0]).toMatchObject({ kind: 'brand_funded', reference: 'SCT 1' });
    expect(await codeOf(rival, transaction)).toBe('NOT_FOUND');
    expect(await codeOf(brand, 'txn_1_999')).toBe('NOT_FOUND');
    expect(await codeOf(brand, 'earning_1_1')).toBe('NOT_FOUND');
  });
});
