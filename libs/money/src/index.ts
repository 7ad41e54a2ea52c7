export { allot, allotByWeights, type Allotment, type SharePart, type WeightPart } from './allot';
export { CURRENCIES, type Currency, type CurrencyCode, currencyOf } from './currency';
export {
  CurrencyMismatch,
  DuplicatePartKey,
  InvalidAmount,
  type InvalidAmountReason,
  InvalidRational,
  NegativePool,
  NegativeShare,
  NoWeightToAllotBy,
  SharesDoNotSumToOne,
  UnknownCurrency,
} from './errors';
export {
  addMoney,
  assertSameCurrency,
  compareMoney,
  isZeroMoney,
  MAX_AMOUNT_MINOR,
  type Money,
  moneyOf,
  negateMoney,
  subtractMoney,
  zeroMoney,
} from './money';
export { formatMoney, parseMoney, type ParseMoneyOptions } from './money-text';
export { multiplyRoundHalfEven } from './multiply-round-half-even';
export { Rational } from './rational';
