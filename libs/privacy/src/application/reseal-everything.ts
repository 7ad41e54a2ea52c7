import { ResealDeliveryAddresses, ResealPayoutAccounts } from '@evenhand/parties';
import { ResealBankFiles } from '@evenhand/payouts';
import { ResealIntake } from '@evenhand/sales';
import { ResealSecrets } from '@evenhand/webhooks';
import { Injectable } from '@nestjs/common';

export interface ResealedPlace {
  readonly place: string;
  readonly resealed: number;
  /** Values that no known key opens: while there are any, or while this grows, no key should go. */
  readonly unreadable: number;
}

/** After a new encryption key was added: everything that is sealed is sealed with it, so that the old key can go. */
@Injectable()
export class ResealEverything {
  constructor(
    private readonly accounts: ResealPayoutAccounts,
    private readonly addresses: ResealDeliveryAddresses,
    private readonly bankFiles: ResealBankFiles,
    private readonly intake: ResealIntake,
    private readonly secrets: ResealSecrets,
  ) {}

  async execute(): Promise<readonly ResealedPlace[]> {
    return [
      { place: 'bank details', unreadable: 0, ...(await this.accounts.execute()) },
      { place: 'delivery addresses', unreadable: 0, ...(await this.addresses.execute()) },
      { place: 'files for the bank', ...(await this.bankFiles.execute()) },
      { place: 'shops: secrets, webhooks, files', ...(await this.intake.execute()) },
      { place: 'secrets of outgoing webhooks', ...(await this.secrets.execute()) },
    ];
  }
}
