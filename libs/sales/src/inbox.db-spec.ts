import { randomUUID } from 'node:crypto';
import { Forbidden, InvalidInput, InvalidTransition, NotFound, type PersonActor, systemActor } from '@evenhand/kernel';
import { Webhook } from 'standardwebhooks';
import { NOW, person, refundEvent, type SalesWorld } from '../../../test/support/sales/sales-world';
import { withSalesWorld } from '../../../test/support/sales/with-sales-world';
import { saleEvent } from '../../../test/support/sales/tracked-deal';
import {
  DismissProblems,
  type IntakeProblem,
  type IntakeProblemFilter,
  MendProblem,
  OpenSource,
  ReceiveWebhook,
  ReplayProblems,
  TakeInDeliveries,
} from './index';

const SYSTEM = systemActor('test');
const NOTHING = { sale: null, deal: null, refund: null, rows: null };

describe('the inbox of what could not be recorded', () => {
  let world: SalesWorld;
  let brandId: string;
  let manager: PersonActor;

  withSalesWorld((made) => (world = made));

  beforeEach(async () => {
    brandId = await world.brand();
    manager = person({ memberships: [{ partyId: brandId, kind: 'brand', role: 'manager' }] });
  });

  async function inbox(filter: Partial<IntakeProblemFilter> = {}): Promise<readonly IntakeProblem[]> {
    const page = { first: 100, after: null };
    const found = await world.listIntakeProblems.execute({ actor: manager, filter: { brandId, ...filter }, page });
    expect(found.totalCount).toBe(found.rows.length);
    return found.rows.map(({ node }) => node);
  }

  async function only(filter: Partial<IntakeProblemFilter> = {}): Promise<IntakeProblem> {
    const [problem, ...more] = await inbox(filter);
    if (!problem || more.length > 0) throw new Error(`There are ${problem ? 1 + more.length : 0} problems.`);
    return problem;
  }

  const mend = ({ problemId }: IntakeProblem, correction: object) =>
    world.get(MendProblem).execute({ actor: manager, brandId, problemId, ...NOTHING, ...correction });
  const replay = (...problems: IntakeProblem[]) =>
    world
      .get(ReplayProblems)
      .execute({ actor: manager, brandId, problemIds: problems.map(({ problemId }) => problemId) });
  const dismiss = (...problems: IntakeProblem[]) =>
    world.get(DismissProblems).execute({
      actor: manager,
      brandId,
      problemIds: problems.map(({ problemId }) => problemId),
      note: 'A test order.',
    });
  const totals = async () => {
    const page = { first: 10, after: null };
    return (await world.listSales.execute({ actor: SYSTEM, filter: { brandId }, page })).totals;
  };

  async function failedWebhook(): Promise<void> {
    const given = { actor: SYSTEM, brandId, name: `shop-${randomUUID().slice(0, 8)}`, format: 'standard' as const };
    const { source, secret } = await world.get(OpenSource).execute({ ...given, secret: null });
    const body = JSON.stringify({ type: 'sale', data: { externalId: 'w1' } });
    const [id, at] = ['msg_1', new Date()];
    const headers = {
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
      'webhook-signature': new Webhook(secret).sign(id, at, body),
    };
    const { sourceId } = source;
    await world.get(ReceiveWebhook).execute({ sourceId, headers, body: Buffer.from(body) });
    await world.get(TakeInDeliveries).execute({ brandId, limit: 10 });
  }

  it('lists what came by the API, by webhooks and with files, with how it came and why it waits', async () => {
    world.deal(brandId, 'YUKI');
    await world.sales(
      brandId,
      saleEvent({ code: 'TYPO' }),
      saleEvent({ externalId: '2', currency: 'USD', code: 'YUKI' }),
    );
    await world.refunds(brandId, refundEvent({ saleExternalId: 'later', full: true }));
    await failedWebhook();
    const { file } = await world.importFile(
      brandId,
      'external_id,currency,occurred_at,base_amount\nf1,EUR,never,1.00\n',
    );
    const told = await inbox();
    expect(
      told.map(({ form, kind, state, via, externalId, reasonCode }) => [
        form,
        kind,
        state,
        via,
        externalId,
        reasonCode,
      ]),
    ).toEqual(
      expect.arrayContaining([
        ['event', 'sale', 'unattributed', 'api', '1001', 'UNKNOWN_CODE_OR_LINK'],
        ['event', 'sale', 'refused', 'api', '2', 'RATES_NOT_LOADED'],
        ['event', 'refund', 'parked', 'api', 'r1', 'SALE_NOT_RECORDED_YET'],
        ['message', null, 'unreadable', 'webhook', 'msg_1', 'INVALID_INPUT'],
        ['row', null, 'unreadable', 'file', 'f1', 'INVALID_INPUT'],
      ]),
    );
    expect(told).toHaveLength(5);
    expect(await only({ via: 'file' })).toMatchObject({ importId: file.importId, line: 2, column: 'occurred_at' });
    expect(await only({ reasonCode: 'RATES_NOT_LOADED' })).toMatchObject({ externalId: '2' });
    expect(await only({ state: 'parked' })).toMatchObject({ externalId: 'r1' });
    expect(await inbox({ source: 'shop', kind: 'sale' })).toHaveLength(2);
    expect(await inbox({ from: new Date(NOW.getTime() + 1) })).toEqual([]);
  });

  it('records a sale by the code that a person gives it; what came is kept, and is a duplicate from then on', async () => {
    world.deal(brandId, 'YUKI');
    const raw = saleEvent({ code: 'YUKY' });
    await world.sales(brandId, raw);
    const problem = await only();
    expect(await mend(problem, { sale: { code: 'YUKI' } })).toMatchObject({ outcome: 'recorded' });
    expect(await inbox()).toEqual([]);
    const mended = await only({ status: 'mended' });
    expect(mended).toMatchObject({
      content: problem.content,
      state: 'recorded',
      mends: [
        { action: 'mended', changes: '{"code":"YUKI"}', outcome: 'recorded', madeBy: manager.userId, madeAt: NOW },
      ],
    });
    expect(JSON.parse(mended.mendedContent ?? '')).toMatchObject({ codes: ['YUKI', 'YUKY'] });
    expect(await totals()).toMatchObject([{ count: 1, commissionMinor: 10_00n }]);
    expect(await world.sales(brandId, raw)).toMatchObject([{ status: 'duplicate', firstStatus: 'recorded' }]);
    const other = await world.sales(brandId, saleEvent({ code: 'YUKI', baseMinor: 1n }));
    expect(other).toMatchObject([{ status: 'refused', reason: { code: 'SALE_CONFLICT' } }]);
    await expect(mend(problem, { sale: { code: 'YUKI' } })).rejects.toThrow(InvalidTransition);
    expect(await totals()).toMatchObject([{ count: 1, commissionMinor: 10_00n }]);
  });

  it('gives an order to a deal by the code it has for the kind of commission', async () => {
    const { dealId } = world.deal(brandId, 'YUKI');
    world.deal(brandId, 'LIVE', { dealId, kind: 'livestream_commission' });
    await world.sales(brandId, saleEvent({}));
    const problem = await only();
    const rival = world.deal(await world.brand(), 'MEI');
    const kind = 'livestream_commission' as const;
    await expect(mend(problem, { deal: { dealId: rival.dealId, kind } })).rejects.toThrow(NotFound);
    expect(await mend(problem, { deal: { dealId, kind } })).toMatchObject({ outcome: 'recorded' });
    const page = { first: 10, after: null };
    const [sale] = (await world.listSales.execute({ actor: SYSTEM, filter: { brandId }, page })).rows;
    expect(sale?.node).toMatchObject({ dealId, kind, attributedValue: 'LIVE' });
  });

  it('corrects amounts and instants, and keeps what is still wrong open with its reason of now', async () => {
    world.deal(brandId, 'YUKI');
    await world.sales(brandId, saleEvent({ code: 'YUKI', currency: 'USD', occurredAt: new Date('2027-01-01') }));
    const problem = await only();
    expect(problem.reasonCode).toBe('INVALID_INPUT');
    await expect(mend(problem, { sale: { currency: 'EUR' } })).rejects.toThrow('State the amounts anew');
    await expect(mend(problem, { sale: {} })).rejects.toThrow(InvalidInput);
    await expect(mend(problem, { refund: { full: true } })).rejects.toThrow('event of another kind');
    const first = await mend(problem, { sale: { occurredAt: new Date('2026-05-10') } });
    expect(first).toMatchObject({ outcome: 'refused', reason: { code: 'RATES_NOT_LOADED' } });
    const second = await mend(await only(), { sale: { currency: 'EUR', baseMinor: 50_00n } });
    expect(second).toMatchObject({ outcome: 'recorded' });
    expect((await only({ status: 'mended' })).mends.map(({ outcome }) => outcome)).toEqual(['refused', 'recorded']);
    expect(await totals()).toMatchObject([{ baseMinor: 50_00n }]);
  });

  it('takes what waits in again as it is, after a code was made: one by one, and all of a reason', async () => {
    const events = Array.from({ length: 5 }, (_, n) => saleEvent({ externalId: `${n}`, code: 'LATER' }));
    await world.sales(brandId, ...events, saleEvent({ externalId: 'x', code: null }));
    const problem = (await inbox()).find(({ externalId }) => externalId === '0');
    if (!problem) throw new Error('It waits.');
    expect(await replay(problem)).toMatchObject([
      { outcome: 'unattributed', reason: { code: 'UNKNOWN_CODE_OR_LINK' } },
    ]);
    world.deal(brandId, 'LATER');
    expect(await replay(problem)).toMatchObject([{ outcome: 'recorded' }]);
    await expect(replay(problem)).rejects.toThrow(InvalidTransition);
    const filter = { brandId, reasonCode: 'UNKNOWN_CODE_OR_LINK' };
    const part = await world.get(ReplayProblems).matching({ actor: manager, filter, after: null });
    expect(part).toMatchObject({ endCursor: null, problems: [1, 2, 3, 4].map(() => ({ outcome: 'recorded' })) });
    expect(await only()).toMatchObject({ externalId: 'x', reasonCode: 'NO_CODE_OR_LINK' });
    expect(await totals()).toMatchObject([{ count: 5, commissionMinor: 50_00n }]);
    const again = await Promise.all(
      [1, 2].map(() => world.get(ReplayProblems).matching({ actor: manager, filter, after: null })),
    );
    expect(again).toMatchObject([{ problems: [] }, { problems: [] }]);
  });

  it('records a problem once, however many replay it at once', async () => {
    await world.sales(brandId, saleEvent({ code: 'LATER' }));
    const problem = await only();
    world.deal(brandId, 'LATER');
    const all = await Promise.allSettled([replay(problem), replay(problem), replay(problem)]);
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await totals()).toMatchObject([{ count: 1, commissionMinor: 10_00n }]);
  });

  it('corrects which sale a refund is of, recorded before or after', async () => {
    world.deal(brandId, 'YUKI');
    await world.sales(brandId, saleEvent({ code: 'YUKI' }));
    const raw = [
      refundEvent({ externalId: 'r1', saleExternalId: '1OO1', amountMinor: 10_00n }),
      refundEvent({ externalId: 'r2', saleExternalId: 'nowhere', full: true }),
    ];
    await world.refunds(brandId, ...raw);
    const [r1, r2] = [...(await inbox())].sort((left, right) =>
      `${left.externalId}`.localeCompare(`${right.externalId}`),
    );
    if (!r1 || !r2) throw new Error('Both wait.');
    expect(await mend(r1, { refund: { saleExternalId: '1001' } })).toMatchObject({ outcome: 'recorded' });
    expect(await mend(r2, { refund: { saleExternalId: '1002', amountMinor: 5_00n } })).toMatchObject({
      outcome: 'parked',
    });
    await world.sales(brandId, saleEvent({ externalId: '1002', code: 'YUKI' }));
    expect(await totals()).toMatchObject([{ refundedBaseMinor: 15_00n, commissionReversedMinor: 1_50n }]);
    expect(await world.refunds(brandId, ...raw)).toMatchObject([{ status: 'duplicate' }, { status: 'duplicate' }]);
    expect(await inbox({ status: 'mended' })).toHaveLength(2);
    expect(await totals()).toMatchObject([{ refundedBaseMinor: 15_00n }]);
  });

  it('corrects rows of a file, all of an order together', async () => {
    world.deal(brandId, 'YUKI');
    const header = 'external_id,code,currency,occurred_at,line_id,unit_price\n';
    const row = (lineId: string, price: string) => `7,YUKI,EUR,2026-05-10T12:00:00Z,${lineId},${price}\n`;
    const content = header + row('a', '10.00') + row('b', '2O.00');
    await world.importFile(brandId, content);
    const problem = await only();
    expect(problem).toMatchObject({ form: 'row', line: 3, column: 'unit_price', externalId: '7' });
    const fix = (line: number, column: string, value: string) => mend(problem, { rows: [{ line, column, value }] });
    await expect(fix(9, 'unit_price', '1')).rejects.toThrow('no line 9');
    await expect(fix(3, 'customer', '1')).rejects.toThrow('No field is read');
    expect(await fix(3, 'Unit Price', '20,00')).toMatchObject({
      outcome: 'unreadable',
      reason: { code: 'INVALID_AMOUNT' },
    });
    expect(await fix(3, 'unit_price', '20.00')).toMatchObject({ outcome: 'recorded' });
    expect(await totals()).toMatchObject([{ count: 1, baseMinor: 30_00n }]);
    expect(await only({ status: 'mended' })).toMatchObject({ content: problem.content });
    expect((await world.importFile(brandId, content.replace('2O.00', '20.00'))).file).toMatchObject({ knownBefore: 1 });
  });

  it('lets a webhook be tried again, and dismissed with a reason', async () => {
    await failedWebhook();
    const problem = await only();
    expect(await replay(problem)).toMatchObject([{ outcome: 'waiting' }]);
    await world.get(TakeInDeliveries).execute({ brandId, limit: 10 });
    expect(await dismiss(await only())).toEqual({ dismissed: 1 });
    expect(await inbox()).toEqual([]);
    const dismissed = await only({ status: 'dismissed' });
    expect(dismissed.mends.map(({ action, note }) => [action, note])).toEqual([
      ['replayed', null],
      ['dismissed', 'A test order.'],
    ]);
  });

  it('takes off what a person dismisses, of every form, and has it back open by a replay that records nothing', async () => {
    await world.sales(brandId, saleEvent({ code: 'TYPO' }));
    await world.importFile(brandId, 'external_id,currency,occurred_at\nf1,EUR,never\n');
    const problems = await inbox();
    expect(await dismiss(...problems)).toEqual({ dismissed: 2 });
    expect(await dismiss(...problems)).toEqual({ dismissed: 0 });
    expect(await inbox()).toEqual([]);
    expect(await inbox({ status: 'dismissed' })).toHaveLength(2);
    await replay(...problems);
    expect(await inbox()).toHaveLength(2);
  });

  it('lets managers mend and viewers read, and tells nobody else', async () => {
    await world.sales(brandId, saleEvent({ code: 'TYPO' }));
    const { problemId } = await only();
    const viewer = person({ memberships: [{ partyId: brandId, kind: 'brand', role: 'viewer' }] });
    const rivalId = await world.brand();
    const rival = person({ memberships: [{ partyId: rivalId, kind: 'brand', role: 'owner' }] });
    const page = { first: 10, after: null };
    const list = (actor: PersonActor) => world.listIntakeProblems.execute({ actor, filter: { brandId }, page });
    expect((await list(viewer)).totalCount).toBe(1);
    await expect(list(rival)).rejects.toThrow(NotFound);
    const attempts = (actor: PersonActor, of: string) => [
      world.get(MendProblem).execute({ actor, brandId: of, problemId, ...NOTHING, sale: { code: 'A' } }),
      world.get(ReplayProblems).execute({ actor, brandId: of, problemIds: [problemId] }),
      world.get(DismissProblems).execute({ actor, brandId: of, problemIds: [problemId], note: 'No.' }),
    ];
    for (const attempt of attempts(viewer, brandId)) await expect(attempt).rejects.toThrow(Forbidden);
    for (const attempt of attempts(rival, brandId)) await expect(attempt).rejects.toThrow(NotFound);
    for (const attempt of attempts(rival, rivalId)) await expect(attempt).rejects.toThrow(NotFound);
    expect(await world.rowsFor(rival, 'select 1 from sales.inbox')).toEqual([]);
    expect(await world.rowsFor(viewer, 'select 1 from sales.inbox')).toHaveLength(1);
  });
});
