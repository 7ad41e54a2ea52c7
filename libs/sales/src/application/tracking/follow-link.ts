import { destinationWithClick } from '@evenhand/deals';
import { Clock, IdGenerator } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { clickOf } from '../../domain/click';
import { ClickIds } from './click-ids';
import { ClickLog } from './click-log';
import { LinkTargets } from './link-targets';
import { VisitorFilter, type VisitorHeaders } from './visitor-filter';

export interface FollowLinkCommand {
  readonly linkSlug: string;
  readonly visitor: VisitorHeaders;
  readonly referrer: string | null;
  /** False where somebody only asks where the link leads. */
  readonly isVisit: boolean;
}

export type LinkAnswer =
  | { readonly found: true; readonly location: string }
  | { readonly found: false; readonly because: 'unknown_link' | 'no_destination' | 'loads_ahead' };

/** Where a link leads, with the visit recorded as a click whose id the destination is told. */
@Injectable()
export class FollowLink {
  constructor(
    private readonly targets: LinkTargets,
    private readonly filter: VisitorFilter,
    private readonly clicks: ClickLog,
    private readonly clickIds: ClickIds,
    private readonly ids: IdGenerator,
    private readonly clock: Clock,
  ) {}

  async execute({ linkSlug, visitor, referrer, isVisit }: FollowLinkCommand): Promise<LinkAnswer> {
    const slug = linkSlug.toLowerCase();
    const target = await this.targets.find(slug);
    if (!target) return { found: false, because: 'unknown_link' };
    if (target.destination === null) return { found: false, because: 'no_destination' };
    if (!isVisit) return { found: true, location: target.destination };
    const clickId = this.ids.next();
    const loadsAhead = this.filter.loadsAhead(visitor);
    const isFiltered = loadsAhead || this.filter.isMachine(visitor);
    this.clicks.add(clickOf({ clickId, linkSlug: slug, clickedAt: this.clock.now(), isFiltered, referrer }, target));
    // It would show the answer to somebody who clicks later: whoever does is to ask again, and be a click.
    if (loadsAhead) return { found: false, because: 'loads_ahead' };
    return { found: true, location: destinationWithClick(target.destination, this.clickIds.textOf(clickId)) };
  }
}
