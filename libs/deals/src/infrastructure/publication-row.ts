import type { ChannelPlatform } from '@evenhand/kernel';
import type { LivestreamPlan } from '../domain/publication/livestream';
import type { PostDoubt } from '../domain/publication/live-post';
import type { Publication, PublicationCheck } from '../domain/publication/publication';

/** What a deliverable's row says of its livestream and its post; all of the post null until it is published. */
export interface PublicationColumns {
  readonly planned_start: Date | null;
  readonly accepted_minutes: number | null;
  readonly accepted_at: Date | null;
  readonly platform: ChannelPlatform | null;
  readonly post_key: string | null;
  readonly channel_id: string | null;
  readonly published_caption: string | null;
  readonly check_state: PublicationCheck | null;
  readonly doubt: PostDoubt | null;
  readonly confirmed_at: Date | null;
  readonly started_at: Date | null;
  readonly ended_at: Date | null;
  readonly exploded_at: Date | null;
}

export const PUBLICATION_COLUMNS = `planned_start, short.minutes as accepted_minutes, short.accepted_at, post.platform,
  post.post_key, post.channel_id, post.caption as published_caption, post.check_state, post.doubt, post.confirmed_at,
  post.started_at, post.ended_at, explosive.flagged_at as exploded_at`;

/** Beside `deals.deliverables as piece`. */
export const PUBLICATION_JOINS = `left join deals.short_livestreams as short on short.deliverable_id = piece.id
  left join deals.publications as post on post.deliverable_id = piece.id
  left join deals.explosive_notes as explosive on explosive.deliverable_id = piece.id`;

export function toPlan(row: PublicationColumns): LivestreamPlan {
  return { plannedStart: row.planned_start, acceptedMinutes: row.accepted_minutes, acceptedAt: row.accepted_at };
}

export function toPublication(row: PublicationColumns): Publication | null {
  const { platform, post_key: postKey, published_caption: caption, check_state: check } = row;
  if (platform === null || postKey === null || caption === null || check === null) return null;
  const { started_at: startedAt, ended_at: endedAt } = row;
  return {
    platform,
    postKey,
    channelId: row.channel_id,
    caption,
    check,
    doubt: row.doubt,
    confirmedAt: row.confirmed_at,
    airing: startedAt && endedAt && { startedAt, endedAt },
    explodedAt: row.exploded_at,
  };
}
