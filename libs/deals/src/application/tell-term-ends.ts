import { eachAlone, systemActor, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { type DatedTerm, nextNotice, type TermNotice } from '../domain/dated-term';
import type { Deal, DealEvent, StateChange } from './deal';
import { lockDeal } from './deal-access';
import { DealJournal } from './deal-journal';
import { DealRepository } from './deal-repository';
import { type DueTerm, TermRepository } from './term-repository';

export interface TellTermEndsCommand {
  readonly now: Date;
  /** Most terms of one run. */
  readonly limit: number;
}

const ACTOR = systemActor('tell-term-ends');

const EVENTS: Readonly<Record<DatedTerm, { readonly ending: DealEvent; readonly ended: DealEvent }>> = {
  usage_rights: { ending: 'usage_rights_ending', ended: 'usage_rights_expired' },
  exclusivity: { ending: 'exclusivity_ending', ended: 'exclusivity_ended' },
};

/**
 * Tells that usage rights and exclusivity end, 30 and 7 days before and when it has come, each once. What a late run finds
 * it tells all of, in order; runs at once share the work. Of cancelled deals nothing is told.
 */
@Injectable()
export class TellTermEnds {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly deals: DealRepository,
    private readonly terms: TermRepository,
    private readonly journal: DealJournal,
  ) {}

  /** Answers how many facts were told; throws an `AggregateError` of what failed after all others were tried. */
  async execute({ now, limit }: TellTermEndsCommand): Promise<{ readonly told: number }> {
    const dealIds = await this.uow.read(ACTOR, (tx) => this.terms.dealsWithDueTerm(tx, now, limit));
    const told = await eachAlone(dealIds, (dealId) => this.tellOf(dealId, now));
    return { told: told.reduce((sum, count) => sum + count, 0) };
  }

  private tellOf(dealId: string, now: Date): Promise<number> {
    return this.uow.run(ACTOR, async (tx) => {
      const deal = await lockDeal(tx, this.deals, dealId);
      const due = await this.terms.dueOf(tx, dealId, now);
      if (deal.state === 'cancelled') {
        for (const { term } of due) await this.terms.saveNext(tx, dealId, term, null);
        return 0;
      }
      const changes: StateChange[] = [];
      for (const each of due) {
        let next: TermNotice | null = each.next;
        for (; next !== null && next.dueAt <= now; next = nextNotice(each, deal.acceptedAt, next.daysLeft)) {
          changes.push(changeOf(deal, each, next.daysLeft));
        }
        await this.terms.saveNext(tx, dealId, each.term, next);
      }
      if (changes.length > 0) await this.journal.record(tx, deal, changes, now);
      return changes.length;
    });
  }
}

function changeOf(deal: Deal, { term, from, to }: DueTerm, daysLeft: number): StateChange {
  const { usageRights, exclusivity } = deal.terms.brief;
  const facts =
    term === 'usage_rights'
      ? { media: usageRights?.media ?? [], territory: usageRights?.territory ?? [] }
      : { category: exclusivity?.category ?? null };
  return {
    event: daysLeft === 0 ? EVENTS[term].ended : EVENTS[term].ending,
    subjectId: deal.id,
    from: 'running',
    to: daysLeft === 0 ? 'ended' : 'running',
    note: daysLeft === 0 ? `The last day was ${to}.` : `${daysLeft} days left; the last day is ${to}.`,
    facts: { ...facts, firstDay: from, lastDay: to, daysLeft },
  };
}
