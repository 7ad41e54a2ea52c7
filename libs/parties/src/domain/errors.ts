import { type CompensationKind, DomainError } from '@evenhand/kernel';

/** An organisation without an owner could never be changed again. */
export class LastOwner extends DomainError {
  readonly code = 'LAST_OWNER';

  constructor() {
    super('An organisation keeps at least one owner. Make somebody else owner first.');
  }
}

export class AlreadyMember extends DomainError {
  readonly code = 'ALREADY_MEMBER';

  constructor() {
    super('This person is a member of the organisation already.');
  }
}

/** Unknown, used, revoked, or made out to another e-mail address: all look the same to whoever holds the token. */
export class InvitationNotValid extends DomainError {
  readonly code = 'INVITATION_NOT_VALID';

  constructor() {
    super('This invitation is not valid. Ask for a new one, and use it with the e-mail address it was made out to.');
  }
}

export class InvitationExpired extends DomainError {
  readonly code = 'INVITATION_EXPIRED';

  constructor(expiresAt: Date) {
    super('This invitation has expired. Ask for a new one.', { expiresAt: expiresAt.toISOString() });
  }
}

/** There is nothing to revoke: remove the member instead. */
export class InvitationAlreadyAccepted extends DomainError {
  readonly code = 'INVITATION_ALREADY_ACCEPTED';

  constructor() {
    super('This invitation was accepted already. Remove the member instead.');
  }
}

/** Whoever confirms where money goes is not who decided it. */
export class OwnPayoutAccount extends DomainError {
  readonly code = 'OWN_PAYOUT_ACCOUNT';

  constructor() {
    super('You set this account yourself. Somebody else has to confirm it.');
  }
}

export class AlreadyInfluencer extends DomainError {
  readonly code = 'ALREADY_INFLUENCER';

  constructor() {
    super('You have an influencer profile already.');
  }
}

export class ChannelTaken extends DomainError {
  readonly code = 'CHANNEL_TAKEN';

  constructor(platform: string, handle: string) {
    super('This channel is in somebody’s profile already.', { field: 'handle', platform, handle });
  }
}

/** A cut is a share from 0 to 1 of the gross or of the remainder. */
export class InvalidMandateCut extends DomainError {
  readonly code = 'INVALID_MANDATE_CUT';

  /** `within` is the path of the cuts: the general ones, or those for one brand. */
  constructor(kind: CompensationKind, within = 'cuts') {
    super('A cut is a share from 0 to 1, written as a decimal or a fraction.', { field: `${within}.${kind}`, kind });
  }
}

/** All cuts of the chain together would take more than there is. */
export class MandateCutsExceedWhole extends DomainError {
  readonly code = 'MANDATE_CUTS_EXCEED_WHOLE';

  /** `brandId` is the brand from whose deals it would be too much; null: from all that no mandate names. */
  constructor(kind: CompensationKind, brandId: string | null) {
    const details = brandId === null ? { kind } : { kind, brandId };
    super('Together with your other mandates these cuts would take more than the whole.', details);
  }
}

export class MandateChangeAlreadyOpen extends DomainError {
  readonly code = 'MANDATE_CHANGE_ALREADY_OPEN';

  constructor() {
    super('A request to this influencer is open already. Withdraw it, or wait for the answer.');
  }
}

export class MandateRequestExpired extends DomainError {
  readonly code = 'MANDATE_REQUEST_EXPIRED';

  constructor(lapsedAt: Date) {
    super('This request was not answered in time. The agency can send a new one.', {
      lapsedAt: lapsedAt.toISOString(),
    });
  }
}

/** The version named is not the one that waits for an answer: nobody consents to terms they have not seen. */
export class MandateVersionSuperseded extends DomainError {
  readonly code = 'MANDATE_VERSION_SUPERSEDED';

  constructor(version: number) {
    super('This version of the mandate is not open for an answer. Look at the present one.', { version });
  }
}

export class MandateNotInForce extends DomainError {
  readonly code = 'MANDATE_NOT_IN_FORCE';

  constructor() {
    super('This mandate is over already.');
  }
}

export class MandatePositionTaken extends DomainError {
  readonly code = 'MANDATE_POSITION_TAKEN';

  constructor(position: number) {
    super('Another agency stands at this position of the chain in that time.', { position });
  }
}

export class MandatePeriodEmpty extends DomainError {
  readonly code = 'MANDATE_PERIOD_EMPTY';

  constructor() {
    super('A mandate ends after it starts, and not before it is accepted.', { field: 'endsAt' });
  }
}

/** Only what waits for an answer can be withdrawn. */
export class MandateRequestNotOpen extends DomainError {
  readonly code = 'MANDATE_REQUEST_NOT_OPEN';

  constructor(version: number) {
    super('This request is not open any more: there is nothing to withdraw.', { version });
  }
}

/** One change at a time: an end that was given notice of comes first, or is taken back. */
export class MandateUnderNotice extends DomainError {
  readonly code = 'MANDATE_UNDER_NOTICE';

  constructor(endsAt: Date) {
    super('Notice was given of the end of this mandate. Wait for it, or have it taken back first.', {
      endsAt: endsAt.toISOString(),
    });
  }
}

export class MandateNoticeNotRunning extends DomainError {
  readonly code = 'MANDATE_NOTICE_NOT_RUNNING';

  constructor() {
    super('No notice is running that could be taken back.');
  }
}

/** Only the side that gave notice takes it back. */
export class MandateNoticeOfOtherSide extends DomainError {
  readonly code = 'MANDATE_NOTICE_OF_OTHER_SIDE';

  constructor() {
    super('The other side gave this notice. Only that side can take it back.');
  }
}

/** Says no more than that: why it is so would tell one agency of another. */
export class MandateNoticeReliedOn extends DomainError {
  readonly code = 'MANDATE_NOTICE_RELIED_ON';

  constructor() {
    super('The influencer has agreed on something else for the time after this notice. It cannot be taken back.');
  }
}

/** The marketplace decides whether an agency may cut twice. */
export class AgencyTwiceInChain extends DomainError {
  readonly code = 'AGENCY_TWICE_IN_CHAIN';

  constructor() {
    super('The same agency would stand twice in the chain, which this marketplace does not allow.');
  }
}

export class ChainPolicySuperseded extends DomainError {
  readonly code = 'CHAIN_POLICY_SUPERSEDED';

  constructor(version: number) {
    super('The policy was changed by somebody else. Look at the present version first.', { version });
  }
}

export type BankDetailsFault =
  | 'iban_invalid'
  | 'iban_needed'
  | 'bic_invalid'
  | 'account_number_invalid'
  | 'bank_code_invalid'
  | 'iban_country_differs';

const FAULTS: Readonly<Record<BankDetailsFault, string>> = {
  iban_invalid: 'The IBAN is not valid: check its digits.',
  iban_needed: 'Banks in this country use the IBAN: give it instead of an account number.',
  bic_invalid: 'The BIC is not valid: it has 8 or 11 characters.',
  account_number_invalid: 'An account number has 4 to 34 letters or digits.',
  bank_code_invalid: 'Give the bank code: 3 to 14 letters or digits.',
  iban_country_differs: 'The IBAN belongs to another country than the one given.',
};

/** The message names the fault and never repeats the details. */
export class InvalidBankDetails extends DomainError {
  readonly code = 'INVALID_BANK_DETAILS';

  constructor(fault: BankDetailsFault) {
    super(FAULTS[fault], { fault });
  }
}

export class TooManyDeliveryAddresses extends DomainError {
  readonly code = 'TOO_MANY_DELIVERY_ADDRESSES';

  constructor(most: number) {
    super(`You may keep up to ${most} delivery addresses. Remove one first.`, { most });
  }
}
