import { DomainError } from '@evenhand/kernel';

/** The address is not one that a platform gives to posts, nor below the address of a blog of hers. */
export class LiveUrlNotAPost extends DomainError {
  readonly code = 'LIVE_URL_NOT_A_POST';

  constructor() {
    super('This is not the address of a post. Copy the address of the post itself, not of a profile or a search.');
  }
}

/** The post is on a platform that the brief did not ask for. */
export class LiveUrlOffCampaign extends DomainError {
  readonly code = 'LIVE_URL_OFF_CAMPAIGN';

  constructor(platform: string, asked: readonly string[]) {
    super(`The campaign asked for ${asked.join(', ')}, and this post is on ${platform}.`, { platform, asked });
  }
}

/** The address names a channel that is none of the influencer's. */
export class LiveUrlOfAnotherChannel extends DomainError {
  readonly code = 'LIVE_URL_OF_ANOTHER_CHANNEL';

  constructor(platform: string, handle: string) {
    super(`This post is of “${handle}”, which is no channel of the influencer on ${platform}.`, { platform, handle });
  }
}

/** A post counts for one deliverable. */
export class LiveUrlAlreadyUsed extends DomainError {
  readonly code = 'LIVE_URL_ALREADY_USED';

  constructor() {
    super('This post was given for another deliverable already.');
  }
}

/** The published caption does not say that it is advertising, or says so too late. */
export class DisclosureMissing extends DomainError {
  readonly code = 'DISCLOSURE_MISSING';

  constructor(accepted: readonly string[], isLate: boolean, within: number | null) {
    const where = within === null ? '' : ` within the first ${within} characters`;
    const words = accepted.slice(0, 4).join(', ');
    super(
      isLate
        ? `The disclosure stands too late in the caption: it must be${where}.`
        : `The caption does not say that it is advertising. Write one of ${words}${where}.`,
      { accepted, isLate, within },
    );
  }
}

/** A livestream is published with when it began and ended, which must have been; nothing else is. */
export class InvalidLivestreamTimes extends DomainError {
  readonly code = 'INVALID_LIVESTREAM_TIMES';
}

/** The livestream was shorter than agreed, and the brand has not accepted that. */
export class LivestreamTooShort extends DomainError {
  readonly code = 'LIVESTREAM_TOO_SHORT';

  constructor(minimumMinutes: number, actualMinutes: number) {
    super(
      `The livestream was to last ${minimumMinutes} minutes at least, and lasted ${actualMinutes}. The brand may accept a shorter one.`,
      { minimumMinutes, actualMinutes },
    );
  }
}

/** One channel cannot air two livestreams at once. */
export class LivestreamsOverlap extends DomainError {
  readonly code = 'LIVESTREAMS_OVERLAP';

  constructor() {
    super('Another livestream of the influencer on this platform was on at the same time.');
  }
}

/** The deliverable is no livestream. */
export class NotALivestream extends DomainError {
  readonly code = 'NOT_A_LIVESTREAM';

  constructor() {
    super('This deliverable is not a livestream.');
  }
}

/** There is no post yet that this could be said of. */
export class DeliverableNotPublished extends DomainError {
  readonly code = 'DELIVERABLE_NOT_PUBLISHED';

  constructor() {
    super('This deliverable is not published yet.');
  }
}

/** Views, likes and the like only grow; where a number was wrong, the reading says that it corrects. */
export class MetricsFell extends DomainError {
  readonly code = 'METRICS_FELL';

  constructor(counter: string, earlier: bigint, later: bigint) {
    super(
      `The ${counter} would fall from ${earlier} to ${later}. State why, where this reading corrects an earlier one.`,
      { counter, earlier: earlier.toString(), later: later.toString() },
    );
  }
}

/** There is another reading of the same instant. */
export class MetricsAlreadyRead extends DomainError {
  readonly code = 'METRICS_ALREADY_READ';

  constructor() {
    super('There is another reading of this instant. Record a later one, as a correction where it corrects.');
  }
}
