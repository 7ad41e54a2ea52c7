import { type Transaction, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import {
  type CategorisedBrief,
  categoriesOf,
  clashesBetween,
  dayOf,
  daysTakenBy,
  type ExclusivityClash,
} from '../domain/exclusivity';
import type { Deal } from './deal';
import { ExclusivityRepository } from './exclusivity-repository';

/** Work that an influencer may take on. */
export interface ProposedWork {
  readonly influencerId: string;
  readonly brandId: string;
  readonly brief: CategorisedBrief;
}

/** Finds what a campaign clashes with in an influencer's deals of other brands, whatever the actor may see of those. */
@Injectable()
export class ExclusivityWatch {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly exclusivities: ExclusivityRepository,
  ) {}

  /** One list per proposal, in the same order, with one query; ids of deals are in it, for who may know them. */
  async clashesOf(
    tx: Transaction,
    proposals: readonly ProposedWork[],
    now: Date,
  ): Promise<readonly (readonly ExclusivityClash[])[]> {
    if (proposals.length === 0) return [];
    const today = dayOf(now);
    const questions = proposals.flatMap(({ influencerId, brief }) =>
      categoriesOf(brief).map((category) => ({ influencerId, category })),
    );
    const standing = await this.uow.asSystem(tx, () => this.exclusivities.standing(tx, questions, today));
    return proposals.map(({ influencerId, brandId, brief }) => {
      const others = standing.filter((days) => days.influencerId === influencerId && days.brandId !== brandId);
      return clashesBetween(daysTakenBy(brief, today), others, today);
    });
  }

  /**
   * The clashes of an offer about to become a deal. From here to the end of the transaction no other deal with her comes
   * into being, so that of two that clash the later one sees the earlier.
   */
  async clashesAtAcceptance(tx: Transaction, proposal: ProposedWork, now: Date): Promise<readonly ExclusivityClash[]> {
    await this.exclusivities.lockInfluencer(tx, proposal.influencerId);
    const [clashes = []] = await this.clashesOf(tx, [proposal], now);
    return clashes;
  }

  async take(tx: Transaction, deal: Deal): Promise<void> {
    await this.exclusivities.insert(tx, deal, daysTakenBy(deal.terms.brief, dayOf(deal.acceptedAt)));
  }
}

/** The clashes without the ids of deals, which only the influencer's side may know. */
export function withoutDeals(clashes: readonly ExclusivityClash[]): readonly ExclusivityClash[] {
  return clashes.map((clash) => ({ ...clash, dealId: null }));
}
