import { type Actor, Clock, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { NoCommissionInDeal } from '../domain/errors';
import { linkDestination } from '../domain/link-destination';
import { lockDeal, requireBrandManager } from './deal-access';
import { DealRepository } from './deal-repository';

export interface SetLinkDestinationCommand {
  readonly actor: Actor;
  readonly dealId: string;
  /** A public https address; null: the links lead nowhere. */
  readonly destination: string | null;
}

const NOWHERE = 'nowhere';

/**
 * Says where the links of a deal lead. Possible in every state of the deal: what is printed outlives it.
 * Throws NotFound, Forbidden, NoCommissionInDeal, InvalidLinkDestination.
 */
@Injectable()
export class SetLinkDestination {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly deals: DealRepository,
    private readonly clock: Clock,
  ) {}

  async execute({ actor, dealId, destination }: SetLinkDestinationCommand): Promise<{ readonly dealId: string }> {
    return this.uow.run(actor, async (tx) => {
      const deal = await lockDeal(tx, this.deals, dealId);
      requireBrandManager(actor, deal, 'say where its links lead');
      if (!deal.terms.compensation.commission) throw new NoCommissionInDeal();
      const wanted = destination === null ? null : linkDestination(destination);
      if (wanted === deal.linkDestination) return { dealId };
      await this.deals.saveLinkDestination(tx, dealId, wanted);
      const [from, to] = [deal.linkDestination ?? NOWHERE, wanted ?? NOWHERE];
      const change = { event: 'link_destination_set', subjectId: dealId, from, to, note: null } as const;
      await this.deals.recordChanges(tx, deal, [change], this.clock.now());
      return { dealId };
    });
  }
}
