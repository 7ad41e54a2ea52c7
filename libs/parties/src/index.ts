export {
  AcceptInvitation,
  type AcceptedInvitation,
  type AcceptInvitationCommand,
} from './application/accept-invitation';
export { AcceptMandate, type AnswerMandateCommand, DeclineMandate } from './application/answer-mandate';
export type { BankDetailsInput } from './application/bank-details-check';
export { GetChainPolicy, UpdateChainPolicy } from './application/chain-policy';
export { CreateInfluencer, CreateOrganisation } from './application/create-party';
export { DeliveryAddressDirectory } from './application/delivery-address-directory';
export {
  EndMandate,
  type EndMandateCommand,
  TakeBackMandateNotice,
  WithdrawMandateRequest,
} from './application/end-mandate';
export { EndRunOutMandates } from './application/end-run-out-mandates';
export type { InfluencerEnrolment } from './application/enrol-influencer';
export { ErasePersonOfParties, type OwnParties, type PersonToErase } from './application/erase-person';
export { ExpireMandateRequests } from './application/expire-mandate-requests';
export type { OrganisationFounding } from './application/found-organisation';
export { GetViewer, type Viewer } from './application/get-viewer';
export type { AudienceFilter, InfluencerHit, InfluencerView } from './application/influencer-repository';
export { InfluencerDirectory } from './application/influencer-directory';
export { InviteMember, type InviteMemberCommand } from './application/invite-member';
export { GetMandate, ListMandates, type MandateHistory, type MandateView } from './application/list-mandates';
export { ListInvitations, ListMembers, type MemberView, RevokeInvitation } from './application/list-members';
export { LoadActor } from './application/load-actor';
export {
  AddDeliveryAddress,
  type DeliveryAddressView,
  ListDeliveryAddresses,
  RemoveDeliveryAddress,
  ResealDeliveryAddresses,
} from './application/manage-delivery-addresses';
export {
  AddChannel,
  RemoveChannel,
  SetAskingPrices,
  UpdateChannel,
  UpdateInfluencerProfile,
  type UpdateInfluencerProfileCommand,
} from './application/manage-influencer';
export { ChangeMemberRole, RemoveMember } from './application/manage-members';
export {
  ListPayoutAccounts,
  ResealPayoutAccounts,
  SetPayoutAccount,
  type SetPayoutAccountCommand,
  VerifyPayoutAccount,
} from './application/manage-payout-accounts';
export { MandateDirectory } from './application/mandate-directory';
export { PartyDirectory } from './application/party-directory';
export { PeopleDirectory, type PersonBehind } from './application/people-directory';
export {
  PayoutAccountDirectory,
  type PayoutAccountKey,
  type PayoutAccountVersion,
  type PayoutDestination,
} from './application/payout-account-directory';
export { RequestMandate, type RequestMandateCommand } from './application/request-mandate';
export {
  ANY_INFLUENCER,
  GetInfluencer,
  type InfluencerSearch,
  MatchInfluencers,
  parseInfluencerSearch,
  SearchInfluencers,
  type SearchInfluencersQuery,
} from './application/search-influencers';
export {
  type SignedUp,
  SignUpAgency,
  SignUpBrand,
  SignUpInfluencer,
  type SignUpInfluencerCommand,
  type SignUpOrganisationCommand,
} from './application/sign-up';
export type { ChainPolicy } from './domain/chain-policy';
export {
  type Audience,
  AUDIENCE_PARTS,
  type AudiencePart,
  type AudienceShare,
  type Channel,
  type ChannelFacts,
  EMPTY_AUDIENCE,
} from './domain/channel';
export { type DeliveryAddress, type PostalAddress } from './domain/delivery-address';
export * from './domain/errors';
export {
  audienceWeight,
  type Fit,
  FIT_CODES,
  FIT_WEIGHTS,
  type FitAsks,
  type FitCode,
  type FitProfile,
  type FitReason,
  fitReasons,
} from './domain/fit';
export type { Influencer, InfluencerProfile } from './domain/influencer';
export type { Invitation } from './domain/invitation';
export {
  MANDATE_SIDES,
  MANDATE_STATES,
  type MandateNotice,
  type MandateProposal,
  type MandateSide,
  type MandateState,
  type MandateVersion,
  MAX_CHAIN_POSITION,
  MAX_NOTICE_DAYS,
} from './domain/mandate';
export { MAX_BRAND_OVERRIDES } from './domain/mandate-chain';
export type { BrandOverride, MandateCut, MandateCuts, MandateTerms } from './domain/mandate-cut';
export type { Member } from './domain/membership';
export { PARTY_KINDS, type PartyKind, type PartyName, PLATFORM_PARTY_ID } from './domain/party';
export type { PayoutAccount } from './domain/payout-account';
export { PartiesModule } from './parties.module';
