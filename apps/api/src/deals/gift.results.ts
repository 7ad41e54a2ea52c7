import {
  AppealAlreadyMade,
  AppealTooLate,
  AppealWithBrand,
  AppealWithOperator,
  CorrectionNotYours,
  CorrectionStillOpen,
  DealNotActive,
  ExtensionAlreadyUsed,
  GiftChoiceTwice,
  GiftNotReceived,
  GiftValueTooHigh,
  GiftValueUnchanged,
  InvalidPostingDueDate,
  NoGiftInDeal,
  NoOpenAppeal,
  NoOpenCorrection,
  NoOpenReturn,
  PostingDutyEnded,
  ReturnAlreadyOpen,
  ReturnNotYours,
  UnknownGiftItem,
} from '@evenhand/deals';
import { InvalidTransition } from '@evenhand/kernel';
import { BookNotOpen, PeriodClosed } from '@evenhand/ledger';
import { CurrencyMismatch } from '@evenhand/money';
import { resultUnion } from '../graphql';
import { DealType } from './deal.types';

// What each step of a gift answers: the deal as it then is, or the rule that the request broke.

const deal = () => DealType;
const EVERY_STEP = [NoGiftInDeal, DealNotActive, InvalidTransition] as const;

export const RequestGiftResult = resultUnion('RequestGiftResult', deal, [
  ...EVERY_STEP,
  UnknownGiftItem,
  GiftChoiceTwice,
]);

export const ShipGiftResult = resultUnion('ShipGiftResult', deal, EVERY_STEP);

export const ReportGiftLostResult = resultUnion('ReportGiftLostResult', deal, EVERY_STEP);

export const ForgoGiftResult = resultUnion('ForgoGiftResult', deal, EVERY_STEP);

export const ReceiveGiftResult = resultUnion('ReceiveGiftResult', deal, [...EVERY_STEP, BookNotOpen, PeriodClosed]);

export const NoteGiftProblemResult = resultUnion('NoteGiftProblemResult', deal, [
  NoGiftInDeal,
  DealNotActive,
  GiftNotReceived,
]);

export const ExtendPostingDutyResult = resultUnion('ExtendPostingDutyResult', deal, [
  ...EVERY_STEP,
  ExtensionAlreadyUsed,
  PostingDutyEnded,
]);

export const AppealOverdueGiftResult = resultUnion('AppealOverdueGiftResult', deal, [
  ...EVERY_STEP,
  AppealAlreadyMade,
  AppealTooLate,
]);

export const DecideGiftAppealResult = resultUnion('DecideGiftAppealResult', deal, [
  ...EVERY_STEP,
  NoOpenAppeal,
  AppealWithOperator,
  AppealWithBrand,
  InvalidPostingDueDate,
]);

export const ProposeGiftReturnResult = resultUnion('ProposeGiftReturnResult', deal, [...EVERY_STEP, ReturnAlreadyOpen]);

export const AnswerGiftReturnResult = resultUnion('AnswerGiftReturnResult', deal, [
  ...EVERY_STEP,
  NoOpenReturn,
  ReturnNotYours,
]);

export const SendGiftBackResult = resultUnion('SendGiftBackResult', deal, [...EVERY_STEP, NoOpenReturn]);

export const ReturnGiftResult = resultUnion('ReturnGiftResult', deal, [...EVERY_STEP, PeriodClosed]);

export const ProposeGiftCorrectionResult = resultUnion('ProposeGiftCorrectionResult', deal, [
  ...EVERY_STEP,
  UnknownGiftItem,
  CorrectionStillOpen,
  GiftValueUnchanged,
  GiftValueTooHigh,
  CurrencyMismatch,
]);

export const AnswerGiftCorrectionResult = resultUnion('AnswerGiftCorrectionResult', deal, [
  ...EVERY_STEP,
  NoOpenCorrection,
  CorrectionNotYours,
  PeriodClosed,
]);

export const WithdrawGiftCorrectionResult = resultUnion('WithdrawGiftCorrectionResult', deal, [
  NoGiftInDeal,
  DealNotActive,
  NoOpenCorrection,
  CorrectionNotYours,
]);
