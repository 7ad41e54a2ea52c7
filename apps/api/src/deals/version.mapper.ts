import {
  type DealView,
  type Deliverable,
  type DeliverableVersion,
  isDisclosed,
  type StoredFile,
} from '@evenhand/deals';
import { toGlobalId } from '../graphql';
import { toParty } from '../parties/party.types';
import type { DeliverableFileType, DeliverableVersionType } from './version.types';

interface Surroundings {
  readonly deliverable: Deliverable;
  readonly submitters: DealView['submitters'];
  readonly disclosure: Parameters<typeof isDisclosed>[1];
}

export function toVersion(
  version: DeliverableVersion,
  { deliverable, submitters, disclosure }: Surroundings,
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
    disclosed: isDisclosed(caption, disclosure),
  };
}

export function toFile({ id, name, type, kind, sizeBytes, sha256 }: StoredFile): DeliverableFileType {
  const fileId = toGlobalId('file', id);
  return { id: fileId, name, type, kind, sizeBytes, sha256, url: `/files/${fileId}` };
}
