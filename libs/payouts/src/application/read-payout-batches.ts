import { type Actor, NotFound, type Page, type PageRequest, requirePerson, UnitOfWork } from '@evenhand/kernel';
import type { Transaction } from '@evenhand/kernel';
import { PartyDirectory } from '@evenhand/parties';
import { Injectable } from '@nestjs/common';
import type { BatchState } from '../domain/batch-state';
import { REASON_RULES } from '../domain/not-paid-reason';
import { authorizeReadingBatches } from './access';
import { ReadBatchContent } from './batch-content';
import { type ExclusionFilter, type ItemFilter, PayoutQueries, type WithTotals } from './payout-queries';
import type { BatchDetail, BatchView, ExclusionPage, ItemPage, ItemView, LinePage } from './views';

/** One batch, with the hash of what it would pay now. Throws `NotFound`. */
@Injectable()
export class GetPayoutBatch {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly queries: PayoutQueries,
    private readonly content: ReadBatchContent,
  ) {}

  async execute({ actor, batchId }: { readonly actor: Actor; readonly batchId: string }): Promise<BatchDetail> {
    authorizeReadingBatches(actor);
    return this.uow.read(actor, async (tx) => {
      const batch = await this.queries.batch(tx, batchId);
      if (batch === null) throw new NotFound('Payout batch');
      // An operator may look at batches but not at which account is in force: the hash is the system's to compute.
      const { hash } = await this.uow.asSystem(tx, () => this.content.execute(tx, batch));
      return { ...batch, contentHash: hash };
    });
  }
}

/** Batches, latest first, with totals over all that are filtered. */
@Injectable()
export class ListPayoutBatches {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly queries: PayoutQueries,
  ) {}

  async execute(query: {
    readonly actor: Actor;
    readonly states: readonly BatchState[] | null;
    readonly page: PageRequest;
  }): Promise<WithTotals<BatchView>> {
    authorizeReadingBatches(query.actor);
    return this.uow.read(query.actor, (tx) => this.queries.batches(tx, query.states, query.page));
  }
}

/** Payout items: finance sees all, a payee its own, an agency also those of the influencers it represents. */
@Injectable()
export class ListPayoutItems {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly queries: PayoutQueries,
    private readonly parties: PartyDirectory,
  ) {}

  async execute(query: {
    readonly actor: Actor;
    readonly filter: ItemFilter;
    readonly page: PageRequest;
  }): Promise<ItemPage> {
    const { actor, filter, page } = query;
    if (actor.kind !== 'system') requirePerson(actor);
    return this.uow.read(actor, async (tx) => named(tx, this.parties, await this.queries.items(tx, filter, page)));
  }
}

/** One item. Throws `NotFound`, also for an item of somebody else. */
@Injectable()
export class GetPayoutItem {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly queries: PayoutQueries,
    private readonly parties: PartyDirectory,
  ) {}

  async execute({ actor, itemId }: { readonly actor: Actor; readonly itemId: string }): Promise<ItemView> {
    return this.uow.read(actor, async (tx) => {
      const item = await this.queries.item(tx, itemId);
      if (item === null) throw new NotFound('Payout item');
      const names = await this.parties.namesOf(tx, [item.partyId]);
      return { ...item, partyName: names.get(item.partyId)?.name ?? '' };
    });
  }
}

/** The postings an item pays, each with the earning and the source behind it. Throws `NotFound`. */
@Injectable()
export class ListPayoutLines {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly queries: PayoutQueries,
  ) {}

  async execute(query: {
    readonly actor: Actor;
    readonly itemId: string;
    readonly page: PageRequest;
  }): Promise<LinePage> {
    return this.uow.read(query.actor, async (tx) => {
      if ((await this.queries.item(tx, query.itemId)) === null) throw new NotFound('Payout item');
      return this.queries.lines(tx, query.itemId, query.page);
    });
  }
}

/** What a batch does not pay, with amount, rule, expected dates and who must act. Throws `NotFound`. */
@Injectable()
export class ListPayoutExclusions {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly queries: PayoutQueries,
    private readonly parties: PartyDirectory,
  ) {}

  async execute(query: {
    readonly actor: Actor;
    readonly filter: ExclusionFilter;
    readonly page: PageRequest;
  }): Promise<ExclusionPage> {
    const { actor, filter, page } = query;
    authorizeReadingBatches(actor);
    return this.uow.read(actor, async (tx) => {
      if ((await this.queries.batch(tx, filter.batchId)) === null) throw new NotFound('Payout batch');
      const found = await named(tx, this.parties, await this.queries.exclusions(tx, filter, page));
      const rows = found.rows.map(({ node, cursor }) => ({ cursor, node: { ...node, ...REASON_RULES[node.reason] } }));
      return { ...found, rows };
    });
  }
}

/** The page with the payees' names, found at once. */
async function named<Row extends { readonly partyId: string }, P extends Page<Row>>(
  tx: Transaction,
  parties: PartyDirectory,
  page: P & Page<Row>,
): Promise<Omit<P, 'rows'> & Page<Row & { readonly partyName: string }>> {
  const names = await parties.namesOf(
    tx,
    page.rows.map((row) => row.node.partyId),
  );
  const rows = page.rows.map(({ node, cursor }) => ({
    cursor,
    node: { ...node, partyName: names.get(node.partyId)?.name ?? '' },
  }));
  return { ...page, rows };
}
