import { OpenBook } from '@evenhand/ledger';
import { AddStaff } from '@evenhand/identity';
import { type PersonActor, type StaffRole, systemActor, UnitOfWork } from '@evenhand/kernel';
import {
  AcceptMandate,
  AddChannel,
  type ChannelFacts,
  LoadActor,
  type MandateCuts,
  RequestMandate,
  SetPayoutAccount,
  SignUpAgency,
  SignUpBrand,
  SignUpInfluencer,
} from '@evenhand/parties';
import { type DemoPerson, PEOPLE } from './demo-logins';
import { UseCases } from './use-cases';

const SETUP = systemActor('demo world');

/** Who acts, by name: ids of their parties and a way to get their rights as of now. */
export class Cast extends UseCases {
  private readonly userIds = new Map<DemoPerson, string>();
  private readonly partyIds = new Map<DemoPerson, string>();

  /** The rights of a person at this moment of the story. */
  actor(person: DemoPerson): Promise<PersonActor> {
    return this.get(LoadActor).forUser(known(this.userIds, person), null);
  }

  /** The party a person is (influencer) or owns (organisation). */
  party(person: DemoPerson): string {
    return known(this.partyIds, person);
  }

  async brand(person: DemoPerson, organisationName: string, country: string, locale: string): Promise<void> {
    const command = { ...registration(person, locale), organisationName, country };
    this.remember(person, await this.get(SignUpBrand).execute(command));
    // The worker, which opens books, does not run yet.
    const brandId = this.party(person);
    await this.get(UnitOfWork).run(SETUP, (tx) => this.get(OpenBook).execute(tx, { brandId }));
  }

  async agency(person: DemoPerson, organisationName: string, country: string, locale: string): Promise<void> {
    this.remember(
      person,
      await this.get(SignUpAgency).execute({ ...registration(person, locale), organisationName, country }),
    );
  }

  async influencer(person: DemoPerson, profile: InfluencerSketch): Promise<void> {
    const { locale, channels, ...rest } = profile;
    this.remember(person, await this.get(SignUpInfluencer).execute({ ...registration(person, locale), ...rest }));
    for (const channel of channels) {
      await this.get(AddChannel).execute({
        actor: await this.actor(person),

        ...channel,
      });
    }
  }

  async staff(person: DemoPerson, role: StaffRole): Promise<void> {
    const { userId } = await this.get(AddStaff).execute({ actor: SETUP, role, ...registration(person, 'en') });
    this.userIds.set(person, userId);
  }

  /** The agency asks, the influencer consents. */
  async mandate(agency: DemoPerson, influencer: DemoPerson, cuts: MandateCuts): Promise<void> {
    const request = await this.get(RequestMandate).execute({
      actor: await this.actor(agency),
      agencyId: this.party(agency),
      influencerId: this.party(influencer),
      position: null,
      cuts,
      brandOverrides: [],
      noticeDays: 0,
      mandateId: null,
      additional: false,
      startsOn: null,
      endsAt: null,
    });
    const actor = await this.actor(influencer);
    await this.get(AcceptMandate).execute({ actor, mandateId: request.mandateId, version: request.version });
  }

  async bankAccount(person: DemoPerson, currency: string, account: BankSketch): Promise<void> {
    const blank = { iban: null, bic: null, accountNumber: null, bankCode: null, country: null };
    const actor = await this.actor(person);
    await this.get(SetPayoutAccount).execute({ actor, partyId: this.party(person), currency, ...blank, ...account });
  }

  private remember(person: DemoPerson, signedUp: { readonly userId: string; readonly partyId: string }): void {
    this.userIds.set(person, signedUp.userId);
    this.partyIds.set(person, signedUp.partyId);
  }
}

export interface InfluencerSketch {
  readonly displayName: string;
  readonly country: string;
  readonly locale: string;
  readonly bio: string;
  readonly categories: readonly string[];
  readonly markets: readonly string[];
  readonly languages: readonly string[];
  readonly channels: readonly ChannelFacts[];
}

export interface BankSketch {
  readonly holder: string;
  readonly iban?: string;
  readonly bic?: string;
  readonly accountNumber?: string;
  readonly bankCode?: string;
  readonly country?: string;
}

function registration(person: DemoPerson, locale: string) {
  const { email, password, name } = PEOPLE[person];
  return { email, password, displayName: name, locale, address: null };
}

function known(ids: ReadonlyMap<DemoPerson, string>, person: DemoPerson): string {
  const id = ids.get(person);
  if (id === undefined) throw new Error(`${person} has not entered the story yet.`);
  return id;
}
