import { UnknownEventType } from './errors';

/** Everything an endpoint can be told of, by the object that it happened to. */
export const EVENT_TYPES = [
  'deal.accepted',
  'deal.funded',
  'deal.completed',
  'deal.cancelled',
  'deal.disputed',
  'deal.resumed',
  'deliverable.submitted',
  'deliverable.changes_requested',
  'deliverable.approved',
  'deliverable.published',
  'gift.requested',
  'gift.shipped',
  'gift.receipt_reminded',
  'gift.lost',
  'gift.forgone',
  'gift.received',
  'gift.problem_noted',
  'gift.duty_extended',
  'gift.overdue',
  'gift.appealed',
  'gift.appeal_decided',
  'gift.fulfilled',
  'gift.return_asked',
  'gift.return_offered',
  'gift.return_answered',
  'gift.sent_back',
  'gift.returned',
  'gift.correction_proposed',
  'gift.correction_answered',
  'gift.correction_withdrawn',
  'usage_rights.ending',
  'usage_rights.expired',
  'exclusivity.ending',
  'exclusivity.ended',
  'sale.recorded',
  'sale.held',
  'sale.cleared',
  'sale.confirmed',
  'refund.recorded',
  'bonus.earned',
  'bonus.reversed',
  'payout.sent',
  'payout.held_back',
  'payout.paid',
  'payout.rejected',
  'payout.unknown',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** What a person sends to try an endpoint; every endpoint gets it, whatever it wants. */
export const TEST_EVENT_TYPE = 'webhook.test';

const EVERYTHING = '*';

/** What may be wanted: a type, all types of one object (`deal.*`), or all there are and will be (`*`). */
const WANTABLE: ReadonlySet<string> = new Set([
  EVERYTHING,
  ...EVENT_TYPES,
  ...EVENT_TYPES.map((type) => `${objectOf(type)}.*`),
]);

/** The list sorted and each once. Throws {@link UnknownEventType}. */
export function checkWanted(wanted: readonly string[]): readonly string[] {
  const unknown = wanted.find((pattern) => !WANTABLE.has(pattern));
  if (wanted.length === 0 || unknown !== undefined) throw new UnknownEventType(unknown ?? '');
  return [...new Set(wanted)].sort();
}

export function isWanted(wanted: readonly string[], type: EventType): boolean {
  return [EVERYTHING, type, `${objectOf(type)}.*`].some((pattern) => wanted.includes(pattern));
}

function objectOf(type: EventType): string {
  return type.slice(0, type.indexOf('.'));
}
