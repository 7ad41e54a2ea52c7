import {
  BudgetExceeded,
  CampaignClosed,
  DealCapReached,
  DecisionDeadlinePassed,
  NotYourTurn,
  OfferExpired,
  OfferSuperseded,
  OffPlatformLink,
} from '@evenhand/campaigns';
import {
  ClashesWithExclusivity,
  DealAlreadyFunded,
  DealNotActive,
  DeliverableDisputed,
  FileAlreadyAttached,
  GiftNotDelivered,
  InvalidLinkDestination,
  InvalidTrackingCode,
  NoCommissionInDeal,
  NothingToFund,
  RevisionsExhausted,
  TrackingCodeTaken,
  WorkAlreadyBegun,
  WorkNotFinished,
} from '@evenhand/deals';
import { IdempotencyConflict, InvalidTransition } from '@evenhand/kernel';
import {
  BookNotOpen,
  CutsExceedWhole,
  InsufficientBrandBalance,
  InsufficientEscrow,
  PeriodClosed,
} from '@evenhand/ledger';
import { AgencyTwiceInChain } from '@evenhand/parties';
import { resultUnion } from '../graphql';
import { DealType } from './deal.types';

// What each mutation on a deal answers: the deal as it then is, or the rule that the request broke.

const deal = () => DealType;

export const AcceptOfferResult = resultUnion('AcceptOfferResult', deal, [
  OfferSuperseded,
  NotYourTurn,
  OfferExpired,
  CampaignClosed,
  DecisionDeadlinePassed,
  DealCapReached,
  BudgetExceeded,
  ClashesWithExclusivity,
  CutsExceedWhole,
  AgencyTwiceInChain,
  InvalidTrackingCode,
  TrackingCodeTaken,
  InvalidTransition,
]);

export const FundDealResult = resultUnion('FundDealResult', deal, [
  InsufficientBrandBalance,
  DealAlreadyFunded,
  NothingToFund,
  InvalidTransition,
  IdempotencyConflict,
  BookNotOpen,
  PeriodClosed,
]);

export const SubmitDeliverableResult = resultUnion('SubmitDeliverableResult', deal, [
  DealNotActive,
  DeliverableDisputed,
  InvalidTransition,
  OffPlatformLink,
  FileAlreadyAttached,
]);

export const RequestChangesResult = resultUnion('RequestChangesResult', deal, [
  DealNotActive,
  DeliverableDisputed,
  InvalidTransition,
  RevisionsExhausted,
]);

export const ApproveDeliverableResult = resultUnion('ApproveDeliverableResult', deal, [
  DealNotActive,
  DeliverableDisputed,
  InvalidTransition,
  PeriodClosed,
]);

export const CompleteDealResult = resultUnion('CompleteDealResult', deal, [
  WorkNotFinished,
  GiftNotDelivered,
  InvalidTransition,
  InsufficientEscrow,
  PeriodClosed,
]);

export const CancelDealResult = resultUnion('CancelDealResult', deal, [
  WorkAlreadyBegun,
  DeliverableDisputed,
  InvalidTransition,
  InsufficientEscrow,
  PeriodClosed,
]);

export const ChooseTrackingCodeResult = resultUnion('ChooseTrackingCodeResult', deal, [
  NoCommissionInDeal,
  DealNotActive,
  InvalidTrackingCode,
  TrackingCodeTaken,
]);

export const SetLinkDestinationResult = resultUnion('SetLinkDestinationResult', deal, [
  NoCommissionInDeal,
  InvalidLinkDestination,
]);
