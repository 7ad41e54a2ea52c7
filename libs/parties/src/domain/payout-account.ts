/** A payout account as its owner sees it: the details themselves stay sealed. */
export interface PayoutAccount {
  readonly id: string;
  readonly partyId: string;
  readonly currency: string;
  readonly country: string;
  readonly hint: string;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly verifiedAt: Date | null;
}
