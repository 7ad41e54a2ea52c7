import { requireSession } from '@evenhand/identity';
import { type Actor, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';
import { EnrolInfluencer, type InfluencerEnrolment } from './enrol-influencer';
import { FoundOrganisation, type OrganisationFounding } from './found-organisation';

/** Somebody who has an account already founds an organisation and owns it. */
@Injectable()
export class CreateOrganisation {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly found: FoundOrganisation,
  ) {}

  async execute(command: OrganisationFounding & { readonly actor: Actor }): Promise<{ partyId: string }> {
    const actor = requireSession(command.actor);
    return this.uow.run(actor, (tx) =>
      this.uow.asSystem(tx, async () => ({ partyId: (await this.found.execute(tx, actor.userId, command)).id })),
    );
  }
}

/** Somebody who has an account already becomes an influencer too. Throws `AlreadyInfluencer`. */
@Injectable()
export class CreateInfluencer {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly enrol: EnrolInfluencer,
  ) {}

  async execute(command: InfluencerEnrolment & { readonly actor: Actor }): Promise<{ partyId: string }> {
    const actor = requireSession(command.actor);
    return this.uow.run(actor, (tx) =>
      this.uow.asSystem(tx, async () => ({ partyId: (await this.enrol.execute(tx, actor.userId, command)).id })),
    );
  }
}
