import {
  LimitAttempts,
  type OpenedSession,
  OpenSession,
  RegisterUser,
  type UserRegistration,
} from '@evenhand/identity';
import { type OrganisationKind, systemActor, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { EnrolInfluencer, type InfluencerEnrolment } from './enrol-influencer';
import { FoundOrganisation } from './found-organisation';

const SYSTEM = systemActor('sign up');

export interface SignedUp extends OpenedSession {
  readonly userId: string;
  readonly partyId: string;
}

interface SignUpCommand extends UserRegistration {
  /** Where the request came from; null for a client that is not limited by address. */
  readonly address: string | null;
}

export interface SignUpOrganisationCommand extends SignUpCommand {
  readonly organisationName: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
}

export interface SignUpInfluencerCommand extends SignUpCommand, InfluencerEnrolment {}

/** User, organisation, ownership and session in one transaction: all of it or nothing. */
@Injectable()
class SignUpOrganisation {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly limit: LimitAttempts,
    private readonly registerUser: RegisterUser,
    private readonly openSession: OpenSession,
    private readonly found: FoundOrganisation,
  ) {}

  protected async signUp(kind: OrganisationKind, command: SignUpOrganisationCommand): Promise<SignedUp> {
    await this.limit.execute('sign_up', { email: null, address: command.address });
    return this.uow.run(SYSTEM, async (tx) => {
      const { userId } = await this.registerUser.execute(tx, command);
      const organisation = await this.found.execute(tx, userId, { kind, ...command });
      return { userId, partyId: organisation.id, ...(await this.openSession.execute(tx, userId)) };
    });
  }
}

/** Throws `InvalidEmail`, `EmailTaken`, `WeakPassword`, `TooManyAttempts`, `InvalidInput`. */
@Injectable()
export class SignUpBrand extends SignUpOrganisation {
  execute(command: SignUpOrganisationCommand): Promise<SignedUp> {
    return this.signUp('brand', command);
  }
}

/** Throws as {@link SignUpBrand}. */
@Injectable()
export class SignUpAgency extends SignUpOrganisation {
  execute(command: SignUpOrganisationCommand): Promise<SignedUp> {
    return this.signUp('agency', command);
  }
}

/** User, influencer and session in one transaction. Throws as {@link SignUpBrand}. */
@Injectable()
export class SignUpInfluencer {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly limit: LimitAttempts,
    private readonly registerUser: RegisterUser,
    private readonly openSession: OpenSession,
    private readonly enrol: EnrolInfluencer,
  ) {}

  async execute(command: SignUpInfluencerCommand): Promise<SignedUp> {
    await this.limit.execute('sign_up', { email: null, address: command.address });
    return this.uow.run(SYSTEM, async (tx) => {
      const { userId } = await this.registerUser.execute(tx, command);
      const influencer = await this.enrol.execute(tx, userId, command);
      return { userId, partyId: influencer.id, ...(await this.openSession.execute(tx, userId)) };
    });
  }
}
