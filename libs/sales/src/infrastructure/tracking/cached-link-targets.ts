import { DealDirectory, type TrackedCommissionDeal } from '@evenhand/deals';
import { systemActor, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import DataLoader from 'dataloader';
import { LRUCache } from 'lru-cache';
import { LinkTargets } from '../../application/tracking/link-targets';
import type { LinkTarget } from '../../domain/click';

const READER = systemActor('find target of link');
const SLUG = /^[a-z0-9-]{1,64}$/;
const REMEMBERED = { max: 20_000, ttl: 5_000 };

/**
 * Asks for a link once, however many follow it, and knows it for some seconds then. While the database does not answer,
 * what was known last holds.
 */
@Injectable()
export class CachedLinkTargets extends LinkTargets {
  private readonly known = new LRUCache<string, LinkTarget>({
    ...REMEMBERED,
    fetchMethod: (linkSlug) => this.asked.load(linkSlug),
    noDeleteOnFetchRejection: true,
  });

  // Apart, so that guessing pushes out no link that is followed.
  private readonly unknown = new LRUCache<string, true>(REMEMBERED);

  // What is asked for while a query is under way is asked for together by the next one: guessing takes one connection.
  private readonly asked = new DataLoader<string, LinkTarget | undefined>((linkSlugs) => this.readInTurn(linkSlugs), {
    cache: false,
    batchScheduleFn: (dispatch) => void this.reading.then(dispatch),
  });

  private reading: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly uow: UnitOfWork,
    private readonly deals: DealDirectory,
  ) {
    super();
  }

  override async find(linkSlug: string): Promise<LinkTarget | undefined> {
    if (!SLUG.test(linkSlug) || this.unknown.has(linkSlug)) return undefined;
    try {
      const target = await this.known.fetch(linkSlug);
      if (!target) this.unknown.set(linkSlug, true);
      return target;
    } catch (error) {
      const last = this.known.peek(linkSlug, { allowStale: true });
      if (last) return last;
      throw error;
    }
  }

  private readInTurn(linkSlugs: readonly string[]): Promise<(LinkTarget | undefined)[]> {
    const read = this.read(linkSlugs);
    this.reading = read.catch(() => undefined);
    return read;
  }

  private async read(linkSlugs: readonly string[]): Promise<(LinkTarget | undefined)[]> {
    const found = await this.uow.read(READER, (tx) => this.deals.findByLinkSlugs(tx, linkSlugs));
    return linkSlugs.map((linkSlug) => targetOf(found.get(linkSlug)));
  }
}

function targetOf(deal: TrackedCommissionDeal | undefined): LinkTarget | undefined {
  if (!deal) return undefined;
  const { brandId, dealId, influencerId, linkDestination: destination, commission } = deal;
  return { brandId, dealId, influencerId, destination, attributionWindowDays: commission.attributionWindowDays };
}
