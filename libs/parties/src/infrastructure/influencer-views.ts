import { type Money, moneyOf } from '@evenhand/money';
import { type EntityManager, In, IsNull } from 'typeorm';
import type { InfluencerView } from '../application/influencer-repository';
import { ChannelRow, InfluencerRow } from './influencer.rows';
import { PartyRow } from './party.rows';

/** Profiles with their channels, in three queries however many there are. */
export async function readViews(
  manager: EntityManager,
  influencerIds: readonly string[],
): Promise<ReadonlyMap<string, InfluencerView>> {
  const ids = [...new Set(influencerIds)];
  if (ids.length === 0) return new Map();
  const rows = await manager.findBy(InfluencerRow, { partyId: In(ids) });
  const parties = await manager.findBy(PartyRow, { id: In(ids) });
  const channels = await manager.find(ChannelRow, {
    where: { influencerId: In(ids), removedAt: IsNull() },
    order: { followers: 'DESC', id: 'ASC' },
  });
  const partyOf = new Map(parties.map((party) => [party.id, party]));
  return new Map(
    rows.flatMap((row) => {
      const party = partyOf.get(row.partyId);
      if (party === undefined) return [];
      const { displayName, country, createdAt } = party;
      const { bio, categories, markets, languages, followersTotal } = row;
      const askingPrices = toAskingPrices(row);
      const own = channels.filter((channel) => channel.influencerId === row.partyId);
      const profile = { bio, categories, markets, languages, followersTotal, displayName, country, createdAt };
      return [[row.partyId, { ...profile, askingPrices, id: row.partyId, channels: own }]];
    }),
  );
}

/** In the order of the currencies. */
export function toAskingPrices({ askingPrices }: Pick<InfluencerRow, 'askingPrices'>): readonly Money[] {
  const prices = Object.entries(askingPrices).map(([currency, minor]) => moneyOf(BigInt(minor), currency));
  return prices.toSorted((one, other) => (one.currency < other.currency ? -1 : 1));
}
