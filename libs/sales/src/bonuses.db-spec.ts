import type { BonusOffer } from '@evenhand/campaigns';
import { systemActor } from '@evenhand/kernel';
import { saleEvent } from '../../../test/support/sales/tracked-deal';
import { refundEvent, type SalesWorld } from '../../../test/support/sales/sales-world';
import { withSalesWorld } from '../../../test/support/sales/with-sales-world';

const HUNDRED: BonusOffer = {
  id: 'hundred',
  metric: 'net_sales',
  threshold: 100_00n,
  amountMinor: 30_00n,
  splitBy: 'note_commission',
};
const THREE: BonusOffer = {
  id: 'three sales',
  metric: 'sales_count',
  threshold: 3n,
  amountMinor: 1_00n,
  splitBy: 'livestream_commission',
};

describe('bonuses for performance', () => {
  let world: SalesWorld;
  let brandId: string;

  withSalesWorld((made) => (world = made));

  beforeEach(async () => {
    brandId = await world.brand();
  });

  const deal = (bonuses: readonly BonusOffer[], holdDays = 14) =>
    world.deal(brandId, 'YUKI', { commission: { bonuses, holdDays } });
  const sell = (externalId: string, baseMinor: bigint) =>
    world.sales(brandId, saleEvent({ externalId, code: 'YUKI', baseMinor }));
  const refund = (saleExternalId: string, amountMinor?: bigint) => {
    const what = amountMinor === undefined ? { full: true } : { amountMinor };
    return world.refunds(brandId, refundEvent({ externalId: `r-${saleExternalId}`, saleExternalId, ...what }));
  };

  /** Every bonus of the brand in the ledger: its gross, and what is left of its shares. */
  function inLedger(): Promise<{ gross: string; left: string; shares: string[] }[]> {
    return world.rowsFor(
      systemActor('test'),
      `select share.gross_minor::text as gross, (share.gross_minor - share.gross_reversed_minor)::text as left,
         array_agg((share.amount_minor - share.reversed_minor)::text order by share.ordinal) as shares
       from ledger.share_details share join sales.bonuses bonus on bonus.source_id = share.source_id
       where share.kind = 'bonus' and share.source_type = 'bonus' and bonus.brand_id = $1
       group by bonus.bonus_id, bonus.grant_number, share.gross_minor, share.gross_reversed_minor
       order by bonus.bonus_id, bonus.grant_number`,
      [brandId],
    );
  }

  it('are earned once, when the figure is reached, and split by the plan stated', async () => {
    deal([HUNDRED]);
    await sell('1', 99_99n);
    expect(await inLedger()).toEqual([]);
    await sell('2', 1n);
    const bonus = { gross: '3000', left: '3000', shares: ['500', '1000', '1500'] };
    expect(await inLedger()).toEqual([bonus]);
    await sell('3', 500_00n);
    expect(await inLedger()).toEqual([bonus]);
  });

  it('are counted at the end of a call, whatever was in it', async () => {
    deal([HUNDRED, THREE]);
    await refund('2', 10_00n);
    const sale = (externalId: string) => saleEvent({ externalId, code: 'YUKI', baseMinor: 36_00n });
    await world.sales(brandId, sale('1'), sale('2'), sale('3'));
    // Net sales are 98.00 after the refund that had waited; the sale it took part of still counts.
    expect((await inLedger()).map(({ gross }) => gross)).toEqual(['100']);
    await sell('4', 2_00n);
    expect((await inLedger()).map(({ gross }) => gross)).toEqual(['3000', '100']);
  });

  it('are taken back whole by a refund within their hold, and can be earned again', async () => {
    deal([HUNDRED, THREE]);
    await sell('1', 60_00n);
    await sell('2', 60_00n);
    await sell('3', 60_00n);
    await refund('1');
    // 120.00 are left of two sales.
    expect((await inLedger()).map(({ left }) => left)).toEqual(['3000', '0']);
    await refund('2', 20_01n);
    expect((await inLedger()).map(({ left, shares }) => [left, shares])).toEqual([
      ['0', ['0', '0', '0']],
      ['0', ['0', '0', '0']],
    ]);
    await sell('4', 1n);
    expect((await inLedger()).map(({ left }) => left)).toEqual(['0', '3000', '0', '100']);
  });

  it('stay after their hold, whatever comes back then', async () => {
    deal([HUNDRED], 0);
    await sell('1', 100_00n);
    await refund('1');
    await sell('2', 100_00n);
    expect((await inLedger()).map(({ left }) => left)).toEqual(['3000']);
  });

  it('are earned once where sales race to the figure', async () => {
    deal([HUNDRED]);
    await Promise.all(['1', '2', '3', '4', '5'].map((externalId) => sell(externalId, 50_00n)));
    expect((await inLedger()).map(({ left }) => left)).toEqual(['3000']);
  });

  it('do not wait for a commission: a sale that earns nothing still counts', async () => {
    world.deal(brandId, 'YUKI', { commission: { bonuses: [HUNDRED], rate: '0.00001' } });
    await sell('1', 100_00n);
    expect((await inLedger()).map(({ left }) => left)).toEqual(['3000']);
  });
});
