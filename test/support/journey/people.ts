import { PEOPLE } from '../../../apps/cli/src/demo/demo-logins';
import type { GraphqlClient } from '../graphql-client';
import type { RunningProduct } from '../running-product';

const PASSWORD = 'a long enough passphrase';

/** Everybody who takes part in one run of the journey, each in a browser of their own. */
export interface JourneyPeople {
  readonly brand: GraphqlClient;
  readonly brandManager: GraphqlClient;
  readonly agency: GraphqlClient;
  readonly influencer: GraphqlClient;
  readonly rival: GraphqlClient;
  readonly preparer: GraphqlClient;
  readonly approver: GraphqlClient;
  readonly operator: GraphqlClient;
  readonly brandId: string;
  readonly brandName: string;
  readonly agencyId: string;
  readonly influencerId: string;
  readonly rivalId: string;
}

/** A brand, an agency, two influencers sign up by themselves; finance is that of the demo world, the operator is new. */
export async function gatherPeople(product: RunningProduct, tag: string): Promise<JourneyPeople> {
  const brandName = `Atelier ${tag}`;
  const brand = product.client();
  const brandId = await signUpOrganisation(brand, 'signUpBrand', brandName, `owner@${tag}-brand.example`);
  const agency = product.client();
  const agencyId = await signUpOrganisation(agency, 'signUpAgency', `Agency ${tag}`, `owner@${tag}-agency.example`);
  const influencer = product.client();
  const influencerId = await signUpInfluencer(influencer, `Influencer ${tag}`, `me@${tag}-one.example`);
  const rival = product.client();
  const rivalId = await signUpInfluencer(rival, `Rival ${tag}`, `me@${tag}-two.example`);
  return {
    brand,
    brandManager: await inviteManager(product, brand, brandId, `manager@${tag}-brand.example`),
    agency,
    influencer,
    rival,
    preparer: await product.signedIn(PEOPLE.noor.email, PEOPLE.noor.password),
    approver: await product.signedIn(PEOPLE.emil.email, PEOPLE.emil.password),
    operator: await addOperator(product, `operator@${tag}.example`),
    brandId,
    brandName,
    agencyId,
    influencerId,
    rivalId,
  };
}

async function signUpOrganisation(
  client: GraphqlClient,
  mutation: 'signUpBrand' | 'signUpAgency',
  organisationName: string,
  email: string,
): Promise<string> {
  const input = {
    email,
    password: PASSWORD,
    displayName: `Owner of ${organisationName}`,
    organisationName,
    country: 'FR',
  };
  const signedIn = await client.succeed(mutation, 'SignedIn', input, 'viewer { memberships { party { id } } }');
  return signedIn.viewer.memberships[0].party.id;
}

async function signUpInfluencer(client: GraphqlClient, displayName: string, email: string): Promise<string> {
  const input = { email, password: PASSWORD, displayName, country: 'JP', markets: ['CN', 'JP'], languages: ['ja'] };
  const signedIn = await client.succeed('signUpInfluencer', 'SignedIn', input, 'viewer { influencer { id } }');
  return signedIn.viewer.influencer.id;
}

async function inviteManager(
  product: RunningProduct,
  brand: GraphqlClient,
  partyId: string,
  email: string,
): Promise<GraphqlClient> {
  const { token } = await brand.succeed('inviteMember', 'MemberInvited', { partyId, email, role: 'MANAGER' }, 'token');
  const newUser = { displayName: 'Manager', password: PASSWORD, locale: 'en' };
  const manager = product.client();
  await manager.succeed('acceptInvitation', 'InvitationAccepted', { token, newUser }, 'partyId role');
  await manager.succeed('signIn', 'SignedIn', { email, password: PASSWORD }, 'expiresAt');
  return manager;
}

/** The command line adds somebody to the staff and shows the password once. */
async function addOperator(product: RunningProduct, email: string): Promise<GraphqlClient> {
  const printed = await product.cli('staff', 'add', email, '--name', 'Operator', '--role', 'operator');
  return product.signedIn(email, /password (\S+)/.exec(printed)?.[1] ?? '');
}

/** The agency asks for a mandate with the same cut of what is left for each kind; the influencer consents. */
export async function giveMandate(people: JourneyPeople, share: string): Promise<void> {
  const cut = { of: 'REMAINDER', share };
  const { id, version } = await people.agency.succeed(
    'requestMandate',
    'MandateTerms',
    {
      agencyId: people.agencyId,
      influencerId: people.influencerId,
      cuts: { cash: cut, noteCommission: cut, livestreamCommission: cut },
    },
    'id version',
  );
  await people.influencer.succeed('acceptMandate', 'MandateTerms', { mandateId: id, version }, 'state');
}

/** Influencer and agency say where their money in the currency goes. */
export async function openPayoutAccounts(people: JourneyPeople, currency: string): Promise<void> {
  const account = { currency, accountNumber: '1234567', bankCode: '0005001', country: 'JP' };
  for (const [client, partyId, holder] of [
    [people.influencer, people.influencerId, 'INFLUENCER'],
    [people.agency, people.agencyId, 'AGENCY'],
  ] as const) {
    await client.succeed('setPayoutAccount', 'PayoutAccount', { ...account, partyId, holder }, 'hint');
  }
}
