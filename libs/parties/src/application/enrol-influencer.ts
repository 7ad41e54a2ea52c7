import { parseDisplayName } from '@evenhand/identity';
import { Clock, IdGenerator, Outbox, type Transaction } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { parseCountry } from '../domain/checks';
import { type Influencer, type InfluencerProfile, parseProfile } from '../domain/influencer';
import { searchTextOf } from '../domain/search-text';
import { InfluencerRepository } from './influencer-repository';

export interface InfluencerEnrolment extends InfluencerProfile {
  /** The name brands see. */
  readonly displayName: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
}

/** Makes a user an influencer, inside the caller's transaction with the system's rights. Throws `AlreadyInfluencer`. */
@Injectable()
export class EnrolInfluencer {
  constructor(
    private readonly influencers: InfluencerRepository,
    private readonly outbox: Outbox,
    private readonly ids: IdGenerator,
    private readonly clock: Clock,
  ) {}

  async execute(tx: Transaction, userId: string, enrolment: InfluencerEnrolment): Promise<Influencer> {
    const influencer = {
      ...parseProfile(enrolment),
      id: this.ids.next(),
      userId,
      displayName: parseDisplayName('displayName', enrolment.displayName),
      country: parseCountry('country', enrolment.country),
      createdAt: this.clock.now(),
      askingPrices: [],
    };
    await this.influencers.add(tx, influencer, searchTextOf(influencer, []));
    await this.outbox.append(tx, [
      {
        type: 'parties.influencer_signed_up',
        subjectId: influencer.id,
        payload: { partyId: influencer.id, userId },
      },
    ]);
    return influencer;
  }
}
