import type { Transaction } from '@evenhand/kernel';
import { constraintOf, managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import type { Deal } from '../application/deal';
import { PublicationRepository } from '../application/publication/publication-repository';
import { LiveUrlAlreadyUsed, LivestreamsOverlap } from '../domain/publication/errors';
import type { Publication } from '../domain/publication/publication';

@Injectable()
export class SqlPublicationRepository extends PublicationRepository {
  override async add(tx: Transaction, deal: Deal, deliverableId: string, publication: Publication): Promise<void> {
    const { platform, postKey, channelId, caption, check, doubt, airing } = publication;
    try {
      await managerOf(tx).query(
        `insert into deals.publications (deliverable_id, deal_id, brand_id, influencer_id, platform, post_key, channel_id,
           caption, check_state, doubt, started_at, ended_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
        [
          deliverableId,
          deal.id,
          deal.brandId,
          deal.influencerId,
          platform,
          postKey,
          channelId,
          caption,
          check,
          doubt,
          airing?.startedAt ?? null,
          airing?.endedAt ?? null,
        ],
      );
    } catch (error) {
      if (constraintOf(error) === 'publications_post') throw new LiveUrlAlreadyUsed();
      if (constraintOf(error) === 'publications_one_on_air') throw new LivestreamsOverlap();
      throw error;
    }
  }

  override async saveConfirmation(tx: Transaction, deliverableId: string, at: Date): Promise<void> {
    await managerOf(tx).query(
      `update deals.publications set check_state = 'confirmed', confirmed_by = $2, confirmed_at = $3
       where deliverable_id = $1`,
      [deliverableId, personIn(tx), at],
    );
  }

  override async savePlannedStart(tx: Transaction, deliverableId: string, plannedStart: Date): Promise<void> {
    await managerOf(tx).query('update deals.deliverables set planned_start = $2 where id = $1', [
      deliverableId,
      plannedStart,
    ]);
  }

  override async acceptMinutes(
    tx: Transaction,
    deal: Deal,
    deliverableId: string,
    minutes: number,
    at: Date,
  ): Promise<void> {
    await managerOf(tx).query(
      `insert into deals.short_livestreams (deliverable_id, deal_id, brand_id, influencer_id, minutes, accepted_by, accepted_at)
       values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (deliverable_id) do update
         set minutes = excluded.minutes, accepted_by = excluded.accepted_by, accepted_at = excluded.accepted_at`,
      [deliverableId, deal.id, deal.brandId, deal.influencerId, minutes, personIn(tx), at],
    );
  }
}

function personIn({ actor }: Transaction): string | null {
  return actor.kind === 'person' ? actor.userId : null;
}
