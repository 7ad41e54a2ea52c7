import { Clock, IdGenerator, type OrganisationKind, Outbox, type Transaction } from '@evenhand/kernel';
import { parseDisplayName } from '@evenhand/identity';
import { Injectable } from '@nestjs/common';
import { parseCountry } from '../domain/checks';
import type { Organisation } from '../domain/organisation';
import { OrganisationRepository } from './organisation-repository';

export interface OrganisationFounding {
  readonly kind: OrganisationKind;
  readonly organisationName: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
}

/** An organisation and its first owner, inside the caller's transaction with the system's rights. */
@Injectable()
export class FoundOrganisation {
  constructor(
    private readonly organisations: OrganisationRepository,
    private readonly outbox: Outbox,
    private readonly ids: IdGenerator,
    private readonly clock: Clock,
  ) {}

  async execute(tx: Transaction, userId: string, founding: OrganisationFounding): Promise<Organisation> {
    const now = this.clock.now();
    const organisation = {
      id: this.ids.next(),
      kind: founding.kind,
      displayName: parseDisplayName('organisationName', founding.organisationName),
      country: parseCountry('country', founding.country),
      createdAt: now,
    };
    await this.organisations.add(tx, organisation);
    await this.organisations.addMember(tx, { partyId: organisation.id, userId, role: 'owner', joinedAt: now });
    await this.outbox.append(tx, [
      {
        type: founding.kind === 'brand' ? 'parties.brand_signed_up' : 'parties.agency_signed_up',
        subjectId: organisation.id,
        payload: { partyId: organisation.id, userId },
      },
    ]);
    return organisation;
  }
}
