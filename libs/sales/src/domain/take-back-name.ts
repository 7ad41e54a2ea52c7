import { ReservedRefundName } from './errors';
import type { RefundEvent } from './sale-event';

const RESERVED = 'risk-hold:';

/** The external id of the refund by which a confirmed hold takes its sale back. */
export function takeBackNameOf(holdId: string): string {
  return `${RESERVED}${holdId}`;
}

/** Throws {@link ReservedRefundName} for what takes back, or is named as if it did: it would stand where a hold's own must. */
export function checkToldByShop({ externalId, takeBack }: RefundEvent): void {
  if (takeBack || externalId.startsWith(RESERVED)) throw new ReservedRefundName(externalId);
}
