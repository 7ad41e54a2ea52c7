import { enumOf } from '../graphql';

export const SaleStatusEnum = enumOf('SaleStatus', ['recorded', 'partially_refunded', 'refunded']);
export const AttributionBasisEnum = enumOf('AttributionBasis', ['code', 'link']);
export const SaleOutcomeEnum = enumOf('SaleOutcome', ['recorded', 'duplicate', 'unattributed', 'refused']);
export const RefundOutcomeEnum = enumOf('RefundOutcome', ['recorded', 'duplicate', 'parked', 'refused']);
export const SourceFormatEnum = enumOf('SourceFormat', ['shopify', 'standard']);
export const IntakeKindEnum = enumOf('IntakeKind', ['sale', 'refund']);
export const IntakeProblemStateEnum = enumOf('IntakeProblemState', ['unattributed', 'refused', 'parked']);
