import type { ChannelPlatform } from '@evenhand/kernel';
import { bigintColumn } from '@evenhand/platform';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Audience } from '../domain/channel';

@Entity({ schema: 'parties', name: 'influencers' })
export class InfluencerRow {
  @PrimaryColumn('uuid', { name: 'party_id' })
  partyId: string;

  @Column('uuid', { name: 'user_id' })
  userId: string;

  @Column('text')
  bio: string;

  @Column('text', { array: true })
  categories: string[];

  @Column('text', { array: true })
  markets: string[];

  @Column('text', { array: true })
  languages: string[];

  @Column({ ...bigintColumn, name: 'followers_total' })
  followersTotal: bigint;

  @Column('text', { array: true, select: false })
  platforms: string[];

  /** Percent by country. */
  @Column('jsonb', { name: 'audience_countries', select: false })
  audienceCountries: Record<string, number>;

  /** Minor units as text by currency. */
  @Column('jsonb', { name: 'asking_prices' })
  askingPrices: Record<string, string>;

  @Column('text', { name: 'search_text', select: false })
  searchText: string;
}

@Entity({ schema: 'parties', name: 'channels' })
export class ChannelRow {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { name: 'influencer_id' })
  influencerId: string;

  @Column('text')
  platform: ChannelPlatform;

  @Column('text')
  handle: string;

  /** The handle as it is compared: folded. */
  @Column('text', { name: 'handle_key', select: false })
  handleKey: string;

  @Column('text')
  url: string;

  @Column(bigintColumn)
  followers: bigint;

  @Column('jsonb')
  audience: Audience;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt: Date;

  @Column('timestamptz', { name: 'removed_at', nullable: true, select: false })
  removedAt: Date | null;
}
