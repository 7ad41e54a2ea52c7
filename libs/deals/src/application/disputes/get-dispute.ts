import { type Actor, NotFound, UnitOfWork } from '@evenhand/kernel';
import { PartyDirectory } from '@evenhand/parties';
import { Injectable } from '@nestjs/common';
import type { DisputeView } from './dispute';
import { DisputeRepository } from './dispute-repository';
import { disputeViewsOf } from './dispute-view';

/** One dispute with what both sides have said; throws NotFound where the actor may not read it. */
@Injectable()
export class GetDispute {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly disputes: DisputeRepository,
    private readonly parties: PartyDirectory,
  ) {}

  async execute({ actor, disputeId }: { readonly actor: Actor; readonly disputeId: string }): Promise<DisputeView> {
    return this.uow.read(actor, async (tx) => {
      const dispute = await this.disputes.find(tx, disputeId);
      const [view] = await disputeViewsOf(tx, this.parties, dispute ? [dispute] : []);
      if (!view) throw new NotFound('Dispute');
      return view;
    });
  }
}
