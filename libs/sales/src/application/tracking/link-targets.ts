import type { LinkTarget } from '../../domain/click';

/** Links of all brands, remembered for some seconds: so long an old destination may still be given. */
export abstract class LinkTargets {
  /** Undefined for a link of no deal. */
  abstract find(linkSlug: string): Promise<LinkTarget | undefined>;
}
