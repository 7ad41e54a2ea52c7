import type { GraphqlClient } from '../graphql-client';
import type { AccessWorld, SignedUp } from './access-world';

/** Where an agency can stand with an influencer; whether it may act for her then. */
export const MANDATE_STAGES = {
  'that only asked for a mandate': false,
  'whose request lapsed': false,
  'whose request was declined': false,
  'before its mandate begins': false,
  'whose mandate ended': false,
  'whose mandate ran out': false,
  'whose notice ran out': false,
  'with a mandate in force': true,
  'whose notice is running': true,
} as const;
export type MandateStage = keyof typeof MANDATE_STAGES;

const NO_CUT = { of: 'GROSS', share: '0' };
const IN_DAYS = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

/** An agency that stands so with the influencer; what takes days is dated back. */
export async function agencyAt(
  stage: MandateStage,
  world: AccessWorld,
  influencer: { readonly client: GraphqlClient; readonly partyId: string },
): Promise<SignedUp> {
  const agency = await world.signUpAgency();
  const request = await agency.client.succeed(
    'requestMandate',
    'MandateTerms',
    {
      agencyId: agency.partyId,
      influencerId: influencer.partyId,
      cuts: { cash: NO_CUT, noteCommission: NO_CUT, livestreamCommission: NO_CUT },
      // A place of its own; the first is that of her agency in the demo world.
      position: 2 + Object.keys(MANDATE_STAGES).indexOf(stage),
      noticeDays: stage.includes('notice') ? 30 : 0,
      startsOn: stage === 'before its mandate begins' ? IN_DAYS(30).slice(0, 10) : null,
      endsAt: stage === 'whose mandate ran out' ? IN_DAYS(30) : null,
    },
    'id version',
  );
  const answer = { mandateId: request.id, version: request.version };
  const mandate = { mandateId: request.id };
  if (stage === 'that only asked for a mandate') return agency;
  if (stage === 'whose request lapsed') {
    await dateBack(
      world,
      agency,
      `requested_at = requested_at - interval '8 days', lapses_at = lapses_at - interval '8 days'`,
    );
    return agency;
  }
  if (stage === 'whose request was declined') {
    await influencer.client.succeed('declineMandate', 'MandateTerms', answer, 'state');
    return agency;
  }
  await influencer.client.succeed('acceptMandate', 'MandateTerms', answer, 'state');
  if (stage === 'whose mandate ended') await influencer.client.succeed('endMandate', 'MandateTerms', mandate, 'state');
  if (stage.includes('notice')) await agency.client.succeed('endMandate', 'MandateTerms', mandate, 'state');
  if (stage === 'whose mandate ran out' || stage === 'whose notice ran out') {
    await runOut(world, agency);
  }
  return agency;
}

/** Thirty-one days pass for the agency's mandate, which ends in thirty. */
export async function runOut(world: AccessWorld, agency: SignedUp): Promise<void> {
  await dateBack(
    world,
    agency,
    `valid_from = valid_from - interval '31 days', valid_until = valid_until - interval '31 days',
     notice_given_at = notice_given_at - interval '31 days', notice_ends_at = notice_ends_at - interval '31 days'`,
  );
}

async function dateBack(world: AccessWorld, { email }: SignedUp, changes: string): Promise<void> {
  await world.sql(`select set_config('evenhand.system', 'on', false)`);
  await world.sql(
    `update parties.mandates set ${changes} where agency_id in (
       select party_id from parties.members m join identity.users u on u.id = m.user_id where u.email = $1)`,
    [email],
  );
}
