import type { DealView, Deliverable, DeliverableVersion, StoredFile } from '@evenhand/deals';
import { toGlobalId } from '../graphql';
import { toParty } from '../parties/party.types';
import type { DeliverableFileType, DeliverableVersionType } from './version.types';

interface Surroundings {
  readonly deliverable: Deliverable;
  readonly submitters: DealView['submitters'];
  readonly disclosureText: string;
}

export function toVersion(
  version: DeliverableVersion,
  { deliverable, submitters, disclosureText }: Surroundings,
): DeliverableVersionType {
  const { number, caption, mediaUrls, submittedAt, outcome, decidedAt, feedback } = version;
  const submitter = submitters.get(version.partyId);
  if (!submitter) throw new Error(`Party ${version.partyId} has no name.`);
  return {
    deliverableId: deliverable.id,
    number,
    caption,
    mediaUrls,
    files: version.files.map(toFile),
    submittedBy: toParty(submitter),
    submittedAt,
    outcome,
    decidedAt,
    feedback,
    disclosed: caption.includes(disclosureText),
  };
}

export function toFile({ id, name, type, kind, sizeBytes, sha256 }: StoredFile): DeliverableFileType {
  const fileId = toGlobalId('file', id);
  return { id: fileId, name, type, kind, sizeBytes, sha256, url: `/files/${fileId}` };
}
