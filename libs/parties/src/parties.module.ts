import { IdentityModule } from '@evenhand/identity';
import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AcceptInvitation } from './application/accept-invitation';
import { AcceptMandate, DeclineMandate } from './application/answer-mandate';
import { BankDetailsCheck } from './application/bank-details-check';
import { GetChainPolicy, UpdateChainPolicy } from './application/chain-policy';
import { ChainPolicyRepository } from './application/chain-policy-repository';
import { CreateInfluencer, CreateOrganisation } from './application/create-party';
import { DeliveryAddressDirectory } from './application/delivery-address-directory';
import { DeliveryAddressRepository } from './application/delivery-address-repository';
import { EndMandate, TakeBackMandateNotice, WithdrawMandateRequest } from './application/end-mandate';
import { EndRunOutMandates } from './application/end-run-out-mandates';
import { EnrolInfluencer } from './application/enrol-influencer';
import { ErasePersonOfParties, PersonEraser } from './application/erase-person';
import { ExpireMandateRequests } from './application/expire-mandate-requests';
import { FoundOrganisation } from './application/found-organisation';
import { GetViewer } from './application/get-viewer';
import { InfluencerDirectory } from './application/influencer-directory';
import { InfluencerRepository } from './application/influencer-repository';
import { InviteMember } from './application/invite-member';
import { GetMandate, ListMandates } from './application/list-mandates';
import { ListInvitations, ListMembers, RevokeInvitation } from './application/list-members';
import { LoadActor, RightsReader } from './application/load-actor';
import {
  AddDeliveryAddress,
  ListDeliveryAddresses,
  RemoveDeliveryAddress,
  ResealDeliveryAddresses,
} from './application/manage-delivery-addresses';
import {
  AddChannel,
  InfluencerEditor,
  RemoveChannel,
  SetAskingPrices,
  UpdateChannel,
  UpdateInfluencerProfile,
} from './application/manage-influencer';
import { ChangeMemberRole, RemoveMember } from './application/manage-members';
import {
  ListPayoutAccounts,
  ResealPayoutAccounts,
  SetPayoutAccount,
  VerifyPayoutAccount,
} from './application/manage-payout-accounts';
import { MandateDirectory } from './application/mandate-directory';
import { MandateLock } from './application/mandate-lock';
import { MandateRepository } from './application/mandate-repository';
import { InvitationRepository, OrganisationRepository } from './application/organisation-repository';
import { PartyDirectory } from './application/party-directory';
import { PeopleDirectory } from './application/people-directory';
import { PayoutAccountDirectory } from './application/payout-account-directory';
import { PayoutAccountRepository } from './application/payout-account-repository';
import { RequestMandate } from './application/request-mandate';
import { GetInfluencer, MatchInfluencers, SearchInfluencers } from './application/search-influencers';
import { SignUpAgency, SignUpBrand, SignUpInfluencer } from './application/sign-up';
import { IbantoolsBankDetailsCheck } from './infrastructure/ibantools-bank-details-check';
import { ChannelRow, InfluencerRow } from './infrastructure/influencer.rows';
import { MandateRow } from './infrastructure/mandate.row';
import { InvitationRow, MemberRow, OrganisationRow, PartyRow } from './infrastructure/party.rows';
import { PayoutAccountRow } from './infrastructure/payout-account.row';
import { SqlChainPolicyRepository } from './infrastructure/sql-chain-policy-repository';
import { SqlDeliveryAddressDirectory, SqlDeliveryAddressRepository } from './infrastructure/sql-delivery-addresses';
import { SqlPersonEraser } from './infrastructure/sql-person-eraser';
import { SqlRightsReader } from './infrastructure/sql-rights-reader';
import {
  TypeormInfluencerDirectory,
  TypeormMandateDirectory,
  TypeormPartyDirectory,
  TypeormPeopleDirectory,
} from './infrastructure/typeorm-directories';
import { TypeormInfluencerRepository } from './infrastructure/typeorm-influencer-repository';
import { TypeormMandateRepository } from './infrastructure/typeorm-mandate-repository';
import {
  TypeormInvitationRepository,
  TypeormOrganisationRepository,
} from './infrastructure/typeorm-organisation-repository';
import {
  TypeormPayoutAccountDirectory,
  TypeormPayoutAccountRepository,
} from './infrastructure/typeorm-payout-account-repository';

const PARTIES_ROWS = [
  PartyRow,
  OrganisationRow,
  MemberRow,
  InvitationRow,
  InfluencerRow,
  ChannelRow,
  MandateRow,
  PayoutAccountRow,
];

const PUBLIC = [
  ErasePersonOfParties,
  AcceptInvitation,
  AcceptMandate,
  AddChannel,
  AddDeliveryAddress,
  ChangeMemberRole,
  CreateInfluencer,
  CreateOrganisation,
  DeclineMandate,
  EndMandate,
  EndRunOutMandates,
  ExpireMandateRequests,
  GetChainPolicy,
  GetInfluencer,
  GetMandate,
  GetViewer,
  InviteMember,
  ListDeliveryAddresses,
  ListInvitations,
  ListMandates,
  ListMembers,
  ListPayoutAccounts,
  LoadActor,
  MatchInfluencers,
  RemoveChannel,
  RemoveDeliveryAddress,
  RemoveMember,
  RequestMandate,
  ResealDeliveryAddresses,
  ResealPayoutAccounts,
  RevokeInvitation,
  SearchInfluencers,
  SetAskingPrices,
  SetPayoutAccount,
  SignUpAgency,
  SignUpBrand,
  SignUpInfluencer,
  TakeBackMandateNotice,
  UpdateChainPolicy,
  UpdateChannel,
  UpdateInfluencerProfile,
  VerifyPayoutAccount,
  WithdrawMandateRequest,
];

const DIRECTORIES = [
  { provide: DeliveryAddressDirectory, useClass: SqlDeliveryAddressDirectory },
  { provide: InfluencerDirectory, useClass: TypeormInfluencerDirectory },
  { provide: MandateDirectory, useClass: TypeormMandateDirectory },
  { provide: PartyDirectory, useClass: TypeormPartyDirectory },
  { provide: PeopleDirectory, useClass: TypeormPeopleDirectory },
  { provide: PayoutAccountDirectory, useClass: TypeormPayoutAccountDirectory },
];

/** Who may act for whom and who can hold money. Needs the platform's module in the application. */
@Module({
  imports: [IdentityModule, TypeOrmModule.forFeature(PARTIES_ROWS)],
  providers: [
    ...PUBLIC,
    ...DIRECTORIES,
    EnrolInfluencer,
    FoundOrganisation,
    InfluencerEditor,
    MandateLock,
    { provide: BankDetailsCheck, useClass: IbantoolsBankDetailsCheck },
    { provide: ChainPolicyRepository, useClass: SqlChainPolicyRepository },
    { provide: DeliveryAddressRepository, useClass: SqlDeliveryAddressRepository },
    { provide: InfluencerRepository, useClass: TypeormInfluencerRepository },
    { provide: InvitationRepository, useClass: TypeormInvitationRepository },
    { provide: MandateRepository, useClass: TypeormMandateRepository },
    { provide: OrganisationRepository, useClass: TypeormOrganisationRepository },
    { provide: PayoutAccountRepository, useClass: TypeormPayoutAccountRepository },
    { provide: PersonEraser, useClass: SqlPersonEraser },
    { provide: RightsReader, useClass: SqlRightsReader },
  ],
  exports: [
    ...PUBLIC,
    DeliveryAddressDirectory,
    InfluencerDirectory,
    MandateDirectory,
    PartyDirectory,
    PeopleDirectory,
    PayoutAccountDirectory,
  ],
})
export class PartiesModule {}
