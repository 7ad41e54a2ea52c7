import { requireSession } from '@evenhand/identity';
import { type Actor, requirePerson, systemActor, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { type Group } from '../domain/kinds';
import { assertMayChange, channelsOf, type Preference, preferencesOf } from '../domain/preferences';
import { PreferenceStore } from './preference-store';
import { UnsubscribeTokens } from './unsubscribe-tokens';

const UNSUBSCRIBER = systemActor('unsubscribe');

/** Where the actor is told of each group. */
@Injectable()
export class ReadPreferences {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly preferences: PreferenceStore,
  ) {}

  async execute({ actor }: { readonly actor: Actor }): Promise<readonly Preference[]> {
    const { userId } = requirePerson(actor);
    return preferencesOf(await this.uow.read(actor, (tx) => this.preferences.chosenBy(tx, userId)));
  }
}

export interface ChangePreferenceCommand {
  readonly actor: Actor;
  readonly group: Group;
  /** What is null stays. */
  readonly inProduct: boolean | null;
  readonly email: boolean | null;
}

/** From now on the actor is told of a group where they say; all preferences are answered. Throws SecurityNoticesStayOn. */
@Injectable()
export class ChangePreference {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly preferences: PreferenceStore,
  ) {}

  async execute({ actor, group, inProduct, email }: ChangePreferenceCommand): Promise<readonly Preference[]> {
    const { userId } = requireSession(actor);
    assertMayChange(group);
    return this.uow.run(actor, async (tx) => {
      const before = channelsOf(group, (await this.preferences.chosenBy(tx, userId)).get(group));
      const channels = { inProduct: inProduct ?? before.inProduct, email: email ?? before.email };
      await this.preferences.choose(tx, userId, group, channels);
      return preferencesOf(await this.preferences.chosenBy(tx, userId));
    });
  }
}

/**
 * Whoever holds the link of an e-mail gets no more of its group, without being signed in: the token names both and is
 * signed. Answers false for one that is not ours.
 */
@Injectable()
export class Unsubscribe {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly tokens: UnsubscribeTokens,
    private readonly preferences: PreferenceStore,
  ) {}

  isOurs(token: string): boolean {
    return this.tokens.read(token) !== null;
  }

  async execute(token: string): Promise<boolean> {
    const named = this.tokens.read(token);
    if (named === null) return false;
    const { userId, group } = named;
    await this.uow.run(UNSUBSCRIBER, async (tx) => {
      const chosen = await this.preferences.chosenFor(tx, [userId], group);
      const { inProduct } = channelsOf(group, chosen.get(userId));
      await this.preferences.choose(tx, userId, group, { inProduct, email: false });
    });
    return true;
  }
}
