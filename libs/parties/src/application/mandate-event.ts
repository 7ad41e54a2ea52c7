import type { OutboxEvent } from '@evenhand/kernel';
import type { MandateVersion } from '../domain/mandate';

/** What happened to a version of a mandate, with whom it concerns. */
export function mandateEvent(type: string, version: MandateVersion, by: string): OutboxEvent {
  return {
    type,
    subjectId: version.mandateId,
    payload: {
      mandateId: version.mandateId,
      version: version.version,
      influencerId: version.influencerId,
      agencyId: version.agencyId,
      by,
    },
  };
}
