import { type Actor, Clock, NotFound, UnitOfWork } from '@evenhand/kernel';
import { PartyDirectory } from '@evenhand/parties';
import { Injectable } from '@nestjs/common';
import { DealRepository } from './deal-repository';
import { type DealView, viewsOf } from './deal-view';

/** One deal with everything in it, for either side and for staff; NotFound for anybody else. */
@Injectable()
export class GetDeal {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly deals: DealRepository,
    private readonly parties: PartyDirectory,
    private readonly clock: Clock,
  ) {}

  async execute({ actor, dealId }: { readonly actor: Actor; readonly dealId: string }): Promise<DealView> {
    return this.uow.read(actor, async (tx) => {
      const deal = await this.deals.find(tx, dealId);
      const [view] = deal ? await viewsOf(tx, this.parties, actor, [deal], this.clock.now()) : [];
      if (!view) throw new NotFound('Deal');
      return view;
    });
  }
}
