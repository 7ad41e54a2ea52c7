import type { ChannelPlatform } from '@evenhand/kernel';
import { nextState, type Transitions } from '@evenhand/kernel';
import type { Airing } from './livestream';
import type { LivePost, PostDoubt } from './live-post';

export const PUBLICATION_CHECKS = ['proven', 'to_confirm', 'confirmed'] as const;
/** Whether the post is the influencer's: its address proves it, a person of the brand is to look, or has looked. */
export type PublicationCheck = (typeof PUBLICATION_CHECKS)[number];

export const PUBLICATION_TRANSITIONS: Transitions<PublicationCheck, 'confirm'> = {
  proven: {},
  to_confirm: { confirm: 'confirmed' },
  confirmed: {},
};

/** A post as it went live. */
export interface Publication {
  readonly platform: ChannelPlatform;
  readonly postKey: string;
  readonly channelId: string | null;
  /** As published, which may be other than as approved. */
  readonly caption: string;
  readonly check: PublicationCheck;
  /** Why the address proves nothing; null where it does. */
  readonly doubt: PostDoubt | null;
  readonly confirmedAt: Date | null;
  /** Null for anything but a livestream. */
  readonly airing: Airing | null;
  /** Since when it is an explosive note; null while it is none. */
  readonly explodedAt: Date | null;
}

export function newPublication({ doubt, ...post }: LivePost, caption: string, airing: Airing | null): Publication {
  const check = doubt === null ? 'proven' : 'to_confirm';
  return { ...post, caption, check, doubt, confirmedAt: null, airing, explodedAt: null };
}

/** Throws InvalidTransition where nothing is to confirm. */
export function confirmPublication(publication: Publication, now: Date): Publication {
  const check = nextState('The publication', PUBLICATION_TRANSITIONS, publication.check, 'confirm');
  return { ...publication, check, confirmedAt: now };
}
