import type { Page, PageRequest, Transaction } from '@evenhand/kernel';
import type { Money } from '@evenhand/money';
import { constraintOf, managerOf } from '@evenhand/platform';
import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import {
  type InfluencerFilter,
  type InfluencerHit,
  InfluencerRepository,
  type InfluencerView,
  type SearchFacets,
} from '../application/influencer-repository';
import type { Channel } from '../domain/channel';
import { AlreadyInfluencer, ChannelTaken } from '../domain/errors';
import type { FitAsks } from '../domain/fit';
import type { Influencer, InfluencerProfile } from '../domain/influencer';
import { foldText } from '../domain/search-text';
import { matchingInfluencers, searchInfluencers } from './influencer-search';
import { readViews, toAskingPrices } from './influencer-views';
import { ChannelRow, InfluencerRow } from './influencer.rows';
import { PartyRow } from './party.rows';

@Injectable()
export class TypeormInfluencerRepository extends InfluencerRepository {
  override async add(tx: Transaction, influencer: Influencer, searchText: string): Promise<void> {
    const { id, displayName, country, createdAt } = influencer;
    await managerOf(tx).insert(PartyRow, { id, kind: 'influencer', displayName, country, createdAt });
    const row = {
      ...profileColumns(influencer),
      partyId: id,
      userId: influencer.userId,
      followersTotal: 0n,
      platforms: [],
      audienceCountries: {},
      askingPrices: {},
      searchText,
    };
    try {
      await managerOf(tx).insert(InfluencerRow, row);
    } catch (error) {
      if (constraintOf(error) === 'influencers_user_key') throw new AlreadyInfluencer();
      throw error;
    }
  }

  override async find(tx: Transaction, influencerId: string): Promise<Influencer | null> {
    const row = await managerOf(tx).findOneBy(InfluencerRow, { partyId: influencerId });
    const party = await managerOf(tx).findOneBy(PartyRow, { id: influencerId, kind: 'influencer' });
    if (row === null || party === null) return null;
    const { displayName, country, createdAt } = party;
    const askingPrices = toAskingPrices(row);
    return {
      ...profileColumns(row),
      id: row.partyId,
      userId: row.userId,
      displayName,
      country,
      createdAt,
      askingPrices,
    };
  }

  override async lock(tx: Transaction, influencerId: string): Promise<Influencer | null> {
    await managerOf(tx).query('select 1 from parties.influencers where party_id = $1 for no key update', [
      influencerId,
    ]);
    return this.find(tx, influencerId);
  }

  override async update(tx: Transaction, influencer: Influencer): Promise<void> {
    const { id, displayName, country } = influencer;
    await managerOf(tx).update(PartyRow, { id }, { displayName, country });
    await managerOf(tx).update(InfluencerRow, { partyId: id }, profileColumns(influencer));
  }

  override async channels(tx: Transaction, influencerId: string): Promise<readonly Channel[]> {
    return managerOf(tx).find(ChannelRow, {
      where: { influencerId, removedAt: IsNull() },
      order: { followers: 'DESC', id: 'ASC' },
    });
  }

  override async addChannel(tx: Transaction, channel: Channel): Promise<void> {
    const row = { ...channel, handleKey: foldText(channel.handle) };
    await refusingTaken(channel, () => managerOf(tx).insert(ChannelRow, row));
  }

  override async updateChannel(tx: Transaction, channel: Channel): Promise<void> {
    const { handle, url, followers, audience, updatedAt } = channel;
    const columns = { handle, handleKey: foldText(handle), url, followers, audience, updatedAt };
    await refusingTaken(channel, () => managerOf(tx).update(ChannelRow, { id: channel.id }, columns));
  }

  override async removeChannel(tx: Transaction, channelId: string, at: Date): Promise<void> {
    await managerOf(tx).update(ChannelRow, { id: channelId }, { removedAt: at });
  }

  override async index(tx: Transaction, influencerId: string, facets: SearchFacets): Promise<void> {
    const { text, followersTotal, platforms, audienceCountries } = facets;
    const columns = {
      searchText: text,
      followersTotal,
      platforms: [...platforms],
      audienceCountries: Object.fromEntries(audienceCountries.map(({ segment, percent }) => [segment, percent])),
    };
    await managerOf(tx).update(InfluencerRow, { partyId: influencerId }, columns);
  }

  override async setAskingPrices(tx: Transaction, influencerId: string, prices: readonly Money[]): Promise<void> {
    const askingPrices = Object.fromEntries(prices.map(({ currency, amountMinor }) => [currency, `${amountMinor}`]));
    await managerOf(tx).update(InfluencerRow, { partyId: influencerId }, { askingPrices });
  }

  override async views(
    tx: Transaction,
    influencerIds: readonly string[],
  ): Promise<ReadonlyMap<string, InfluencerView>> {
    return readViews(managerOf(tx), influencerIds);
  }

  override async search(
    tx: Transaction,
    filter: InfluencerFilter,
    asks: FitAsks | null,
    page: PageRequest,
  ): Promise<Page<InfluencerHit>> {
    return searchInfluencers(managerOf(tx), filter, asks, page);
  }

  override async matching(
    tx: Transaction,
    filter: InfluencerFilter,
    ids: readonly string[],
  ): Promise<readonly string[]> {
    return matchingInfluencers(managerOf(tx), filter, ids);
  }
}

function profileColumns({ bio, categories, markets, languages }: InfluencerProfile) {
  return { bio, categories: [...categories], markets: [...markets], languages: [...languages] };
}

async function refusingTaken(channel: Channel, write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (constraintOf(error) === 'channels_handle_key') throw new ChannelTaken(channel.platform, channel.handle);
    throw error;
  }
}
