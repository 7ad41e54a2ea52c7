import { lintOffPlatformLinks, OffPlatformLink } from '@evenhand/campaigns';
import type { Transaction } from '@evenhand/kernel';
import { InvalidInput } from '@evenhand/kernel';
import { InfluencerDirectory } from '@evenhand/parties';
import { Injectable } from '@nestjs/common';
import { InvalidLiveUrl } from '../../domain/errors';
import { requireDisclosure } from '../../domain/publication/disclosure';
import { type Airing, checkAiring } from '../../domain/publication/livestream';
import { checkLivePost } from '../../domain/publication/live-post';
import { newPublication, type Publication } from '../../domain/publication/publication';
import { publicHttpsUrl } from '../../domain/public-https-url';
import type { Deal, Deliverable } from '../deal';

const MAX_CAPTION = 5_000;

export interface PostFacts {
  readonly liveUrl: string;
  /** As published; null where it is as approved. */
  readonly caption: string | null;
  /** Null for anything but a livestream. */
  readonly airing: Airing | null;
}

/** Whether a post is what was agreed on, from what is said of it: nothing is fetched, so no address is ever called. */
@Injectable()
export class PostCheck {
  constructor(private readonly influencers: InfluencerDirectory) {}

  /**
   * Throws InvalidLiveUrl, LiveUrlNotAPost, LiveUrlOffCampaign, LiveUrlOfAnotherChannel, DisclosureMissing, OffPlatformLink,
   * InvalidLivestreamTimes, LivestreamTooShort.
   */
  async pass(
    tx: Transaction,
    deal: Deal,
    deliverable: Deliverable,
    { liveUrl, caption, airing }: PostFacts,
    now: Date,
  ): Promise<Publication> {
    const url = publicHttpsUrl(liveUrl);
    if (!url) throw new InvalidLiveUrl();
    const { brief } = deal.terms;
    const channels = await this.influencers.channelsOf(tx, deal.influencerId);
    const post = checkLivePost(url, { platforms: brief.channels, channels });
    const published = caption ?? deliverable.versions.at(-1)?.caption ?? '';
    requireCaption(published);
    requireDisclosure(published, { text: brief.disclosureText, languages: brief.languages });
    refuseOffPlatformLinks(deal, published);
    const { kind, plan } = deliverable;
    checkAiring(airing, { kind, minimumMinutes: minimumMinutesOf(deal, deliverable), plan }, now);
    return newPublication(post, published, airing);
  }
}

/** What the brief asked of a livestream; null for no minimum. */
export function minimumMinutesOf({ terms }: Deal, { specKey }: Pick<Deliverable, 'specKey'>): number | null {
  return terms.brief.deliverables.find((spec) => spec.key === specKey)?.minimumMinutes ?? null;
}

/** Platforms bury posts that lead elsewhere, so such a text is refused before anybody spends time on it. */
export function refuseOffPlatformLinks(deal: Deal, caption: string): void {
  if (deal.terms.brief.linksPolicy !== 'platform_only') return;
  const findings = lintOffPlatformLinks(caption).map((finding) => ({ field: 'caption', ...finding }));
  if (findings.length > 0) throw new OffPlatformLink(findings);
}

function requireCaption(caption: string): void {
  if (caption.trim() === '' || caption.length > MAX_CAPTION) {
    throw new InvalidInput('caption', `A caption has 1 to ${MAX_CAPTION} characters.`);
  }
}
