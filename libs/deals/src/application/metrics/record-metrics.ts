import { type Actor, Clock, type Transaction, UnitOfWork } from '@evenhand/kernel';
import { InfluencerDirectory } from '@evenhand/parties';
import { Injectable } from '@nestjs/common';
import { explosiveBy } from '../../domain/metrics/explosive-note';
import {
  checkCounts,
  checkGrowth,
  checkReadAt,
  COUNTERS,
  type Counts,
  type MetricSource,
  parseCorrection,
} from '../../domain/metrics/reading';
import { DeliverableNotPublished, MetricsAlreadyRead } from '../../domain/publication/errors';
import type { Publication } from '../../domain/publication/publication';
import type { Deal, Deliverable } from '../deal';
import { lockDeliverable, partyOf, requireEitherSide } from '../deal-access';
import { DealJournal } from '../deal-journal';
import { DealRepository } from '../deal-repository';
import type { MetricReading } from './metrics';
import { MetricsRepository } from './metrics-repository';

export interface RecordMetricsCommand {
  readonly actor: Actor;
  readonly deliverableId: string;
  /** When it was so. */
  readonly readAt: Date;
  readonly counts: Counts;
  /** Why it says less than an earlier reading; null where it does not. */
  readonly correction: string | null;
}

/**
 * Either side says what a published post came to at an instant, in whatever state the deal is. Readings are never changed;
 * the same one again is the one there is. The first that makes a note explosive flags it, once.
 * Throws NotFound, Forbidden, InvalidInput, DeliverableNotPublished, MetricsFell, MetricsAlreadyRead.
 */
@Injectable()
export class RecordMetrics {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly deals: DealRepository,
    private readonly metrics: MetricsRepository,
    private readonly influencers: InfluencerDirectory,
    private readonly journal: DealJournal,
    private readonly clock: Clock,
  ) {}

  async execute(command: RecordMetricsCommand): Promise<{ readonly dealId: string }> {
    const { actor, deliverableId, readAt, counts } = command;
    checkCounts(counts);
    const correction = parseCorrection(command.correction);
    return this.uow.run(actor, async (tx) => {
      const { deal, deliverable } = await lockDeliverable(tx, this.deals, deliverableId);
      requireEitherSide(actor, deal, 'record what this post came to');
      const { publication } = deliverable;
      const { publishedAt } = deliverable.progress;
      if (!publication || !publishedAt) throw new DeliverableNotPublished();
      const now = this.clock.now();
      checkReadAt(readAt, publication.airing?.startedAt ?? publishedAt, now);
      const reading = {
        deliverableId,
        readAt,
        counts,
        correction,
        source: sourceOf(actor, deal),
        partyId: partyOf(actor, deal),
        recordedAt: now,
      };
      if (await this.isKnown(tx, reading)) return { dealId: deal.id };
      checkGrowth(counts, await this.metrics.neighboursOf(tx, deliverableId, readAt), correction !== null);
      await this.metrics.add(tx, deal, reading);
      await this.flagIfExplosive(tx, deal, { deliverable, publication, publishedAt }, reading);
      return { dealId: deal.id };
    });
  }

  /** Throws MetricsAlreadyRead where another reading is of the same instant. */
  private async isKnown(tx: Transaction, reading: MetricReading): Promise<boolean> {
    const known = await this.metrics.find(tx, reading.deliverableId, reading.readAt);
    if (!known) return false;
    const isSame = COUNTERS.every((counter) => known.counts[counter] === reading.counts[counter]);
    if (isSame && known.correction === reading.correction) return true;
    throw new MetricsAlreadyRead();
  }

  private async flagIfExplosive(
    tx: Transaction,
    deal: Deal,
    { deliverable, publication, publishedAt }: Published,
    { readAt, counts: { likes }, recordedAt }: MetricReading,
  ): Promise<void> {
    if (publication.explodedAt) return;
    const { platform } = publication;
    const followers = await this.followersOf(tx, deal, publication);
    const rule = explosiveBy({ kind: deliverable.kind, platform, likes, followers, publishedAt, readAt });
    if (rule === null || likes === null) return;
    await this.metrics.addExplosive(tx, deal, deliverable.id, { readAt, rule, likes, followers }, recordedAt);
    const { state } = deliverable.progress;
    const change = { subjectId: deliverable.id, from: state, to: state, note: rule };
    await this.journal.record(tx, deal, [{ event: 'note_exploded', ...change }], recordedAt);
  }

  /** Of the channel that the post names, or of the greatest of hers on its platform. */
  private async followersOf(tx: Transaction, deal: Deal, publication: Publication): Promise<bigint | null> {
    const channels = await this.influencers.channelsOf(tx, deal.influencerId);
    const own = channels.filter(({ platform }) => platform === publication.platform);
    return (own.find(({ id }) => id === publication.channelId) ?? own[0])?.followers ?? null;
  }
}

interface Published {
  readonly deliverable: Deliverable;
  readonly publication: Publication;
  readonly publishedAt: Date;
}

function sourceOf(actor: Actor, deal: Deal): MetricSource {
  if (actor.kind === 'person' && actor.apiKeyId !== undefined) return 'import';
  return partyOf(actor, deal) === deal.brandId ? 'brand' : 'influencer';
}
