import { DomainError } from '@evenhand/kernel';

/** The source told this order before, with other content; the first one stands. */
export class SaleConflict extends DomainError {
  readonly code = 'SALE_CONFLICT';

  constructor(source: string, externalId: string) {
    super('This order was recorded before with other content; the first one stands.', { source, externalId });
  }
}

/** The source told this refund before, with other content; the first one stands. */
export class RefundConflict extends DomainError {
  readonly code = 'REFUND_CONFLICT';

  constructor(source: string, externalId: string) {
    super('This refund was received before with other content; the first one stands.', { source, externalId });
  }
}

/** An order's refunds together can never be more than what of it was recorded. */
export class RefundMoreThanSale extends DomainError {
  readonly code = 'REFUND_MORE_THAN_SALE';

  constructor(leftMinor: bigint, wantedMinor: bigint) {
    super('Refunds can never be more than what is left of the order.', {
      leftMinor: leftMinor.toString(),
      wantedMinor: wantedMinor.toString(),
    });
  }
}

/** More units are given back than are left of the order's line. */
export class RefundQuantityExceeded extends DomainError {
  readonly code = 'REFUND_QUANTITY_EXCEEDED';

  constructor(line: string, left: number, wanted: number) {
    super('More units are given back than are left of the line.', { line, left, wanted });
  }
}

/** The refund names a line that the order does not have, or names it by a SKU that several lines have. */
export class UnknownRefundLine extends DomainError {
  readonly code = 'UNKNOWN_REFUND_LINE';

  constructor(line: string) {
    super('The sale has no such line, or more than one with this SKU.', { line });
  }
}

/** Risk holds take back by refunds whose external ids nobody else may give. */
export class ReservedRefundName extends DomainError {
  readonly code = 'RESERVED_REFUND_NAME';

  constructor(externalId: string) {
    super('Refunds whose external id begins like this are made by the product alone; give it another one.', {
      externalId,
    });
  }
}

/** The list of one command is too long. */
export class TooManyEvents extends DomainError {
  readonly code = 'TOO_MANY_EVENTS';

  constructor(limit: number) {
    super(`Send at most ${limit} events at once.`, { limit });
  }
}

/** The message was not made with a secret of its source, or is too old, or is from the future. */
export class WebhookRefused extends DomainError {
  readonly code = 'WEBHOOK_REFUSED';
}

/** The message's signature holds, and yet it makes no sense. */
export class UnreadableWebhook extends DomainError {
  readonly code = 'UNREADABLE_WEBHOOK';
}

/** A message of this id was stored before, with another body. */
export class WebhookConflict extends DomainError {
  readonly code = 'WEBHOOK_CONFLICT';

  constructor(messageId: string) {
    super('A message of this id was received before with another body; the first one stands.', { messageId });
  }
}

/** A brand's sources are told apart by their names. */
export class SourceNameTaken extends DomainError {
  readonly code = 'SOURCE_NAME_TAKEN';

  constructor(name: string) {
    super('This brand has a source of that name already.', { name });
  }
}

/** The file as a whole cannot be read: not the stated format, or a column is missing. */
export class UnreadableSalesFile extends DomainError {
  readonly code = 'UNREADABLE_SALES_FILE';
}

/** Presets keep their names. */
export class MappingNameTaken extends DomainError {
  readonly code = 'MAPPING_NAME_TAKEN';

  constructor(name: string) {
    super('A mapping that comes with the product has this name.', { name });
  }
}

/** More bytes than a file may have. */
export class SalesFileTooLarge extends DomainError {
  readonly code = 'SALES_FILE_TOO_LARGE';

  constructor(limitBytes: number) {
    super(`A file may have at most ${limitBytes / 1024 / 1024} MB.`, { limitBytes });
  }
}

/** A sale on risk hold is decided about once. */
export class RiskHoldAlreadyDecided extends DomainError {
  readonly code = 'RISK_HOLD_ALREADY_DECIDED';

  constructor(state: string) {
    super(`It was decided already: the sale is ${state}.`, { state });
  }
}

/** A confirmed sale keeps nothing of its commission; where that cannot be, it is not confirmed. */
export class CommissionNotTakenBack extends DomainError {
  readonly code = 'COMMISSION_NOT_TAKEN_BACK';

  constructor(reason: string) {
    super(`The commission could not be taken back, so nothing was decided. ${reason}`.trim());
  }
}

/** The rules were changed since they were read. */
export class RiskRulesSuperseded extends DomainError {
  readonly code = 'RISK_RULES_SUPERSEDED';

  constructor(version: number) {
    super(`The rules were changed meanwhile: they are at version ${version} now.`, { version });
  }
}
