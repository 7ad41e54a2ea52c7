import { CampaignDirectory } from '@evenhand/campaigns';
import { DealDirectory } from '@evenhand/deals';
import { UserProfiles } from '@evenhand/identity';
import { Clock, IdGenerator, type Transaction } from '@evenhand/kernel';
import { PeopleDirectory } from '@evenhand/parties';
import { Injectable } from '@nestjs/common';
import { emailDueAt, FOLD_WINDOW_MS } from '../domain/email';
import type { Fact } from '../domain/fact';
import { ruleOf } from '../domain/kinds';
import { channelsOf } from '../domain/preferences';
import { type Recipient, recipientsOf, staffRoleTold } from '../domain/recipients';
import { type NotificationData, NotificationStore, type Told } from './notification-store';
import { PreferenceStore } from './preference-store';

/** Tells a fact to everybody whom it concerns right now, where they want to be told. Runs with the system's rights. */
@Injectable()
export class TellPeople {
  constructor(
    private readonly clock: Clock,
    private readonly ids: IdGenerator,
    private readonly people: PeopleDirectory,
    private readonly users: UserProfiles,
    private readonly campaigns: CampaignDirectory,
    private readonly deals: DealDirectory,
    private readonly preferences: PreferenceStore,
    private readonly store: NotificationStore,
  ) {}

  async execute(tx: Transaction, fact: Fact): Promise<void> {
    const now = this.clock.now();
    const told = await this.toldOf(tx, fact, await this.recipients(tx, fact, now));
    if (told.length === 0) return;
    const { kind, objectId, key, doneBy, campaignId, dealId, count } = fact;
    const from = fact.notBefore !== undefined && fact.notBefore > now ? fact.notBefore : now;
    const foldsAfter = ruleOf(kind).folds === false ? null : new Date(now.getTime() - FOLD_WINDOW_MS);
    const data = await this.dataOf(tx, fact);
    const notice = { kind, objectId, key, actorId: doneBy, campaignId, dealId, data, count, from, foldsAfter };
    await this.store.tell(tx, { ...notice, emailDueAt: emailDueAt(kind, from), told }, now);
  }

  private async recipients(tx: Transaction, fact: Fact, now: Date): Promise<readonly Recipient[]> {
    const behind = await this.people.peopleBehind(tx, Object.values(fact.parties), now);
    const role = staffRoleTold(fact);
    const staff = role === null ? [] : await this.users.staffWith(tx, role);
    const members = staff.map(({ id, staffRoles }) => ({ userId: id, roles: staffRoles }));
    return recipientsOf(fact, behind, members);
  }

  private async toldOf(tx: Transaction, fact: Fact, recipients: readonly Recipient[]): Promise<readonly Told[]> {
    const userIds = recipients.map(({ userId }) => userId);
    const { group } = ruleOf(fact.kind);
    const profiles = await this.users.profilesOf(tx, userIds);
    const chosen = await this.preferences.chosenFor(tx, userIds, group);
    return recipients.flatMap((recipient) => {
      const channels = channelsOf(group, chosen.get(recipient.userId));
      const isThere = profiles.get(recipient.userId)?.disabledAt === null;
      if (!isThere || (!channels.inProduct && !channels.email)) return [];
      return [{ notificationId: this.ids.next(), ...recipient, ...channels }];
    });
  }

  private async dataOf(
    tx: Transaction,
    { parties, name, amount, date, campaignId, dealId }: Fact,
  ): Promise<NotificationData> {
    const { brand, influencer, agency, party } = parties;
    const campaign = await this.titleOf(tx, campaignId, dealId);
    return {
      ...(brand !== undefined && { brandId: brand }),
      ...(influencer !== undefined && { influencerId: influencer }),
      ...(agency !== undefined && { agencyId: agency }),
      ...(party !== undefined && { partyId: party }),
      ...(campaign !== undefined && { campaign }),
      ...(name !== undefined && { name }),
      ...(amount !== undefined && { amount }),
      ...(date !== undefined && { date }),
    };
  }

  private async titleOf(
    tx: Transaction,
    campaignId: string | null,
    dealId: string | null,
  ): Promise<string | undefined> {
    if (campaignId !== null) return (await this.campaigns.summariesOf(tx, [campaignId])).get(campaignId)?.title;
    if (dealId !== null) return (await this.deals.summariesOf(tx, [dealId])).get(dealId)?.campaignTitle;
    return undefined;
  }
}
