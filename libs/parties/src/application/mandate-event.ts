import type { OutboxEvent } from '@evenhand/kernel';
import type { MandateVersion } from '../domain/mandate';

/** The steps of a mandate, as they are told. */
export type MandateEventType =
  | 'parties.mandate_requested'
  | 'parties.mandate_withdrawn'
  | 'parties.mandate_accepted'
  | 'parties.mandate_superseded'
  | 'parties.mandate_declined'
  | 'parties.mandate_expired'
  | 'parties.mandate_notice_given'
  | 'parties.mandate_end_offered'
  | 'parties.mandate_notice_taken_back'
  | 'parties.mandate_ended';

/** What happened to a version of a mandate, with whom it concerns, by whom, and how it was before; null: it was not. */
export function mandateEvent(
  type: MandateEventType,
  before: MandateVersion | null,
  after: MandateVersion,
  by: string,
): OutboxEvent {
  return {
    type,
    subjectId: after.mandateId,
    payload: {
      mandateId: after.mandateId,
      version: after.version,
      influencerId: after.influencerId,
      agencyId: after.agencyId,
      lapsesAt: after.lapsesAt.toISOString(),
      by,
      old: before && courseOf(before),
      new: courseOf(after),
      terms: termsOf(after),
    },
  };
}

/** What changes of a version. */
function courseOf({ state, validFrom, validUntil, notice, endReason }: MandateVersion) {
  return {
    state,
    validFrom: validFrom?.toISOString() ?? null,
    validUntil: validUntil?.toISOString() ?? null,
    notice: notice && {
      side: notice.side,
      givenBy: notice.givenBy,
      endsAt: notice.endsAt.toISOString(),
      reason: notice.reason,
      atOnce: notice.atOnce,
    },
    endReason,
  };
}

/** What never does. */
function termsOf({ position, cuts, brandOverrides, noticeDays, startsOn, endsAt }: MandateVersion) {
  return { position, cuts, brandOverrides, noticeDays, startsOn, endsAt: endsAt?.toISOString() ?? null };
}
