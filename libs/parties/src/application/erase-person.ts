import { type Transaction, UnitOfWork } from '@evenhand/kernel';
import { Injectable } from '@nestjs/common';

/** The parties that are a person's alone. */
export interface OwnParties {
  readonly influencerId: string | null;
  /** Organisations that nobody else is in. */
  readonly aloneIn: readonly string[];
  /** Names of organisations that have no other owner, but other members. */
  readonly onlyOwnerOf: readonly string[];
}

export interface PersonToErase {
  readonly userId: string;
  /** Normalised. */
  readonly email: string;
  readonly influencerId: string | null;
  readonly aloneIn: readonly string[];
}

export abstract class PersonEraser {
  abstract ownPartiesOf(tx: Transaction, userId: string): Promise<OwnParties>;
  abstract erase(tx: Transaction, person: PersonToErase, at: Date): Promise<void>;
}

/** What this context does in an erasure that was decided elsewhere, with the system's rights in the caller's transaction. */
@Injectable()
export class ErasePersonOfParties {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly eraser: PersonEraser,
  ) {}

  ownPartiesOf(tx: Transaction, userId: string): Promise<OwnParties> {
    return this.uow.asSystem(tx, () => this.eraser.ownPartiesOf(tx, userId));
  }

  /**
   * Name, profile, channels, bank details, the address on invitations; mandates and memberships end. The party stays, for
   * its id is in the books. The name of an organisation is no person's, and stays.
   */
  async execute(tx: Transaction, person: PersonToErase, at: Date): Promise<void> {
    await this.uow.asSystem(tx, () => this.eraser.erase(tx, person, at));
  }
}
