import { parseDisplayName } from '@evenhand/identity';
import { type Actor, Clock, IdGenerator, NotFound, Outbox, type Transaction, UnitOfWork } from '@evenhand/kernel';
import type { Money } from '@evenhand/money';
import { Injectable } from '@nestjs/common';
import { type Channel, type ChannelFacts, parseChannel } from '../domain/channel';
import { parseAskingPrices } from '../domain/asking-price';
import { parseCountry } from '../domain/checks';
import { reachOf } from '../domain/fit';
import { type Influencer, type InfluencerProfile, parseProfile } from '../domain/influencer';
import { searchTextOf } from '../domain/search-text';
import { InfluencerRepository } from './influencer-repository';
import { requireOwnInfluencer } from './party-access';

/** What every change of a profile or its channels does around the change itself: lock before, index after. */
@Injectable()
export class InfluencerEditor {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly influencers: InfluencerRepository,
    private readonly outbox: Outbox,
  ) {}

  async edit<T>(actor: Actor, change: (tx: Transaction, influencer: Influencer) => Promise<T>): Promise<T> {
    const { person, influencerId } = requireOwnInfluencer(actor);
    return this.uow.run(person, async (tx) => {
      const before = await this.influencers.lock(tx, influencerId);
      if (before === null) throw new NotFound('Influencer');
      const result = await change(tx, before);
      await this.index(tx, influencerId);
      await this.outbox.append(tx, [
        { type: 'parties.influencer_changed', subjectId: influencerId, payload: { by: person.userId } },
      ]);
      return result;
    });
  }

  private async index(tx: Transaction, influencerId: string): Promise<void> {
    const influencer = await this.influencers.find(tx, influencerId);
    if (influencer === null) throw new NotFound('Influencer');
    const channels = await this.influencers.channels(tx, influencerId);
    const followersTotal = channels.reduce((sum, channel) => sum + channel.followers, 0n);
    const text = searchTextOf(influencer, channels);
    await this.influencers.index(tx, influencerId, { text, followersTotal, ...reachOf(channels) });
  }
}

export interface UpdateInfluencerProfileCommand extends InfluencerProfile {
  readonly actor: Actor;
  readonly displayName: string;
  readonly country: string;
}

/** The influencer's own profile, replaced as a whole. */
@Injectable()
export class UpdateInfluencerProfile {
  constructor(
    private readonly editor: InfluencerEditor,
    private readonly influencers: InfluencerRepository,
  ) {}

  async execute(command: UpdateInfluencerProfileCommand): Promise<Influencer> {
    return this.editor.edit(command.actor, async (tx, before) => {
      const after = {
        ...before,
        ...parseProfile(command),
        displayName: parseDisplayName('displayName', command.displayName),
        country: parseCountry('country', command.country),
      };
      await this.influencers.update(tx, after);
      return after;
    });
  }
}

/** The least an influencer asks for, replaced as a whole; none states none. Throws `InvalidInput`, `UnknownCurrency`. */
@Injectable()
export class SetAskingPrices {
  constructor(
    private readonly editor: InfluencerEditor,
    private readonly influencers: InfluencerRepository,
  ) {}

  async execute({ actor, prices }: { actor: Actor; prices: readonly Money[] }): Promise<Influencer> {
    const askingPrices = parseAskingPrices(prices);
    return this.editor.edit(actor, async (tx, before) => {
      await this.influencers.setAskingPrices(tx, before.id, askingPrices);
      return { ...before, askingPrices };
    });
  }
}

/** Throws `ChannelTaken`. */
@Injectable()
export class AddChannel {
  constructor(
    private readonly editor: InfluencerEditor,
    private readonly influencers: InfluencerRepository,
    private readonly ids: IdGenerator,
    private readonly clock: Clock,
  ) {}

  async execute(command: ChannelFacts & { readonly actor: Actor }): Promise<Channel> {
    const { actor, ...facts } = command;
    return this.editor.edit(actor, async (tx, influencer) => {
      const channel = {
        ...parseChannel(facts),
        id: this.ids.next(),
        influencerId: influencer.id,
        updatedAt: this.clock.now(),
      };
      await this.influencers.addChannel(tx, channel);
      return channel;
    });
  }
}

/** Throws `ChannelTaken`. The platform of a channel stays what it is. */
@Injectable()
export class UpdateChannel {
  constructor(
    private readonly editor: InfluencerEditor,
    private readonly influencers: InfluencerRepository,
    private readonly clock: Clock,
  ) {}

  async execute(
    command: Omit<ChannelFacts, 'platform'> & { readonly actor: Actor; readonly channelId: string },
  ): Promise<Channel> {
    const { actor, channelId, ...facts } = command;
    return this.editor.edit(actor, async (tx, influencer) => {
      const before = channelOf(await this.influencers.channels(tx, influencer.id), channelId);
      const parsed = parseChannel({ ...facts, platform: before.platform });
      const channel = { ...before, ...parsed, updatedAt: this.clock.now() };
      await this.influencers.updateChannel(tx, channel);
      return channel;
    });
  }
}

@Injectable()
export class RemoveChannel {
  constructor(
    private readonly editor: InfluencerEditor,
    private readonly influencers: InfluencerRepository,
    private readonly clock: Clock,
  ) {}

  async execute(command: { actor: Actor; channelId: string }): Promise<Channel> {
    return this.editor.edit(command.actor, async (tx, influencer) => {
      const channel = channelOf(await this.influencers.channels(tx, influencer.id), command.channelId);
      await this.influencers.removeChannel(tx, channel.id, this.clock.now());
      return channel;
    });
  }
}

function channelOf(channels: readonly Channel[], channelId: string): Channel {
  const channel = channels.find((candidate) => candidate.id === channelId);
  if (channel === undefined) throw new NotFound('Channel');
  return channel;
}
