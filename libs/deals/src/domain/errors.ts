import { DomainError } from '@evenhand/kernel';
import type { ExclusivityClash } from './exclusivity';

/** The deal was funded before, with another idempotency key. */
export class DealAlreadyFunded extends DomainError {
  readonly code = 'DEAL_ALREADY_FUNDED';

  constructor() {
    super('This deal is funded already.');
  }
}

/** The deal has neither cash nor a commission reserve to put aside. */
export class NothingToFund extends DomainError {
  readonly code = 'NOTHING_TO_FUND';

  constructor() {
    super('This deal has neither cash nor a commission reserve to fund.');
  }
}

/** The command needs a deal that is running. */
export class DealNotActive extends DomainError {
  readonly code = 'DEAL_NOT_ACTIVE';

  constructor(state: string) {
    super(`The deal is ${state.replaceAll('_', ' ')}, so this is not possible now.`, { state });
  }
}

/** A deal can be cancelled only while nothing was submitted and nothing was shipped. */
export class WorkAlreadyBegun extends DomainError {
  readonly code = 'WORK_ALREADY_BEGUN';

  constructor() {
    super('Work on this deal has begun, so it cannot be cancelled.');
  }
}

/** A deal is complete only when every deliverable is approved. */
export class WorkNotFinished extends DomainError {
  readonly code = 'WORK_NOT_FINISHED';

  constructor(openDeliverables: number) {
    super('Approve every deliverable before completing the deal.', { openDeliverables });
  }
}

/** A deal cannot be completed while its gift has not reached the influencer. */
export class GiftNotDelivered extends DomainError {
  readonly code = 'GIFT_NOT_DELIVERED';

  constructor() {
    super('The gift of this deal has not been received yet.');
  }
}

/** The deal promises no gift. */
export class NoGiftInDeal extends DomainError {
  readonly code = 'NO_GIFT_IN_DEAL';

  constructor() {
    super('This deal has no gift.');
  }
}

/** The deal pays no commission, so it has no tracking codes. */
export class NoCommissionInDeal extends DomainError {
  readonly code = 'NO_COMMISSION_IN_DEAL';

  constructor() {
    super('This deal pays no commission, so it has no tracking code.');
  }
}

/** The brand has sent the deliverable back as often as the terms allow. */
export class RevisionsExhausted extends DomainError {
  readonly code = 'REVISIONS_EXHAUSTED';

  constructor(revisionsAllowed: number) {
    super(`The terms allow ${revisionsAllowed} revisions, and all are used.`, { revisionsAllowed });
  }
}

/** The published post needs a public https address. */
export class InvalidLiveUrl extends DomainError {
  readonly code = 'INVALID_LIVE_URL';

  constructor() {
    super('Give the public https address of the published post.');
  }
}

/** A wished code that cannot be a tracking code. */
export class InvalidTrackingCode extends DomainError {
  readonly code = 'INVALID_TRACKING_CODE';

  constructor(trackingCode: string) {
    super('A code has 4 to 24 letters A–Z, digits and hyphens, and neither begins nor ends with a hyphen.', {
      trackingCode: trackingCode.slice(0, 32),
    });
  }
}

/** Another deal of the brand has this code. */
export class TrackingCodeTaken extends DomainError {
  readonly code = 'TRACKING_CODE_TAKEN';

  constructor(trackingCode: string) {
    super('Another deal of this brand uses that code.', { trackingCode });
  }
}

/** Where the links of a deal lead must be a public https page. */
export class InvalidLinkDestination extends DomainError {
  readonly code = 'INVALID_LINK_DESTINATION';

  constructor() {
    super('Give the public https address of the page the links lead to, without eh_click.');
  }
}

/** A milestone names a deliverable that the brief does not ask for. */
export class UnknownMilestoneDeliverable extends DomainError {
  readonly code = 'UNKNOWN_MILESTONE_DELIVERABLE';

  constructor(deliverableKey: string) {
    super('A milestone names a deliverable that the brief does not ask for.', { deliverableKey });
  }
}

/** The policy was changed by somebody else since it was read. */
export class PolicyVersionSuperseded extends DomainError {
  readonly code = 'POLICY_VERSION_SUPERSEDED';

  constructor(currentVersion: number) {
    super('The policy has changed since you read it.', { currentVersion });
  }
}

/** Only what came to its end can be reviewed. */
export class DealNotCompleted extends DomainError {
  readonly code = 'DEAL_NOT_COMPLETED';

  constructor(state: string) {
    super(`The deal is ${state.replaceAll('_', ' ')}; reviews are written once it is completed.`, { state });
  }
}

/** The time for writing reviews of the deal is over. */
export class ReviewTooLate extends DomainError {
  readonly code = 'REVIEW_TOO_LATE';

  constructor(lastInstant: Date) {
    super('Reviews of this deal could be written for 60 days after its completion.', {
      endedAt: lastInstant.toISOString(),
    });
  }
}

/** What others may have read stays as it is. */
export class ReviewAlreadyVisible extends DomainError {
  readonly code = 'REVIEW_ALREADY_VISIBLE';

  constructor() {
    super('Your review of this deal is visible already and stays as it is.');
  }
}

/** Stars are whole, from 1 to 5. */
export class InvalidStars extends DomainError {
  readonly code = 'INVALID_STARS';

  constructor(stars: number) {
    super('Give 1 to 5 whole stars.', { stars });
  }
}

/** The text of a review has up to 2,000 characters. */
export class InvalidReviewText extends DomainError {
  readonly code = 'INVALID_REVIEW_TEXT';

  constructor(characters: number) {
    super('A review has up to 2,000 characters.', { characters });
  }
}

/** The first bytes say that the file is of no type that is taken in. */
export class UnsupportedFileType extends DomainError {
  readonly code = 'UNSUPPORTED_FILE_TYPE';

  constructor(supported: readonly string[]) {
    super('Send an image (JPEG, PNG, WebP, GIF, HEIC), a video (MP4, MOV, WebM) or a PDF.', { supported });
  }
}

/** There is nothing in the file. */
export class EmptyFile extends DomainError {
  readonly code = 'EMPTY_FILE';

  constructor() {
    super('The file is empty.');
  }
}

/** The file has more bytes than one of its kind may have. */
export class FileTooLarge extends DomainError {
  readonly code = 'FILE_TOO_LARGE';

  constructor(kind: string, maximumBytes: number) {
    super(`A file of this kind (${kind}) has up to ${maximumBytes / 1024 / 1024} MiB.`, { kind, maximumBytes });
  }
}

/** Somebody has as many files that no version holds as they may have. */
export class TooManyUnattachedFiles extends DomainError {
  readonly code = 'TOO_MANY_UNATTACHED_FILES';

  constructor(maximum: number) {
    super(`Submit or delete some of the ${maximum} files that you have uploaded first.`, { maximum });
  }
}

/** A version holds the file already; each file is of one version. */
export class FileAlreadyAttached extends DomainError {
  readonly code = 'FILE_ALREADY_ATTACHED';

  constructor() {
    super('A version holds this file already; upload it again for another one.');
  }
}

/** A comment points at something that its version has not. */
export class InvalidCommentPin extends DomainError {
  readonly code = 'INVALID_COMMENT_PIN';
}

/** The deal would clash with an exclusivity, and whoever accepts has not said that they know. */
export class ClashesWithExclusivity extends DomainError {
  readonly code = 'CLASHES_WITH_EXCLUSIVITY';

  constructor(clashes: readonly ExclusivityClash[]) {
    super(`${sentenceOf(clashes)} Accept it with acceptClashes where both sides agree to that.`, {
      clashes: clashes.map(({ direction, category, from, to }) => ({ direction, category, from, to })),
    });
  }
}

/** The clashes in words that name no other brand, campaign or deal. */
export function sentenceOf(clashes: readonly ExclusivityClash[]): string {
  return clashes
    .map(({ direction, category, from, to }) =>
      direction === 'running_exclusivity'
        ? `The influencer is bound to another brand in ${category} from ${from} to ${to}.`
        : `The influencer works for another brand in ${category} from ${from} to ${to}, against this campaign's exclusivity.`,
    )
    .join(' ');
}
