import { EmailTaken, InvalidCredentials, SignIn, WeakPassword } from '@evenhand/identity';
import { ANONYMOUS, Forbidden, NotFound, type OrganisationRole } from '@evenhand/kernel';
import { managerOf } from '@evenhand/platform';
import { type PartiesWorld, partiesWorld, TEST_PASSWORD, type TestParty } from '../../../../test/support/parties-world';
import { AcceptInvitation } from '../application/accept-invitation';
import { CreateInfluencer, CreateOrganisation } from '../application/create-party';
import { GetViewer } from '../application/get-viewer';
import { InviteMember } from '../application/invite-member';
import { ListInvitations, ListMembers, RevokeInvitation } from '../application/list-members';
import { LoadActor } from '../application/load-actor';
import { ChangeMemberRole, RemoveMember } from '../application/manage-members';
import { SignUpBrand } from '../application/sign-up';
import {
  AlreadyInfluencer,
  AlreadyMember,
  InvitationAlreadyAccepted,
  InvitationExpired,
  InvitationNotValid,
  LastOwner,
} from '../domain/errors';

let world: PartiesWorld;
let brand: TestParty;

beforeAll(async () => {
  world = await partiesWorld();
  brand = await world.signUpBrand('Maison Lune');
});

afterAll(() => world.close());

async function invite(email: string, role: OrganisationRole = 'viewer', by = brand) {
  return world.get(InviteMember).execute({ actor: await world.actorOf(by), partyId: by.partyId, email, role });
}

async function joined(role: OrganisationRole, organisation = brand): Promise<TestParty> {
  const person = await world.signUpInfluencer();
  const { token } = await invite(person.email, role, organisation);
  await accept(person, token);
  return person;
}

async function accept(person: TestParty, token: string) {
  const actor = await world.actorOf(person);
  return world.get(AcceptInvitation).execute({ actor, token, newUser: null, address: null });
}

describe('signing up', () => {
  it('makes user, brand, ownership and session, and tells others of the brand', async () => {
    expect(await world.get(LoadActor).bySession(brand.token)).toMatchObject({ userId: brand.userId });
    expect(await world.actorOf(brand)).toEqual({
      kind: 'person',
      userId: brand.userId,
      scopes: null,
      influencerId: null,
      memberships: [{ partyId: brand.partyId, kind: 'brand', role: 'owner' }],
      representations: [],
      staffRoles: [],
    });
    const events = await world.asOwner('select 1 from platform.outbox where type = $1 and subject_id = $2', [
      'parties.brand_signed_up',
      brand.partyId,
    ]);
    expect(events).toHaveLength(1);
  });

  it('leaves nothing behind where one part of it fails', async () => {
    const command = {
      email: 'half@example.com',
      password: TEST_PASSWORD,
      displayName: 'Half',
      locale: 'en',
      organisationName: 'Half',
      address: null,
    };
    const signUp = world.get(SignUpBrand);
    await expect(signUp.execute({ ...command, country: 'ZZ' })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(signUp.execute({ ...command, country: 'FR', password: 'short' })).rejects.toThrow(WeakPassword);
    await expect(signUp.execute({ ...command, country: 'FR', email: brand.email })).rejects.toThrow(EmailTaken);
    const signIn = world.get(SignIn).execute({ email: command.email, password: TEST_PASSWORD, address: null });
    await expect(signIn).rejects.toThrow(InvalidCredentials);
  });

  it('lets somebody with an account found more, and be an influencer once', async () => {
    const person = await world.signUpInfluencer('Both');
    const actor = await world.actorOf(person);
    const founding = { actor, kind: 'agency' as const, organisationName: 'Own Agency', country: 'JP' };
    const { partyId } = await world.get(CreateOrganisation).execute(founding);
    const viewer = await world.get(GetViewer).execute({ actor: await world.actorOf(person) });
    expect(viewer.influencer?.name).toBe('Both');
    expect(viewer.memberships).toEqual([
      {
        partyId,
        kind: 'agency',
        role: 'owner',
        party: { id: partyId, name: 'Own Agency', kind: 'agency', country: 'JP' },
      },
    ]);
    const again = { actor, displayName: 'Twice', country: 'JP', bio: '', categories: [], markets: [], languages: [] };
    await expect(world.get(CreateInfluencer).execute(again)).rejects.toThrow(AlreadyInfluencer);
  });
});

describe('invitations', () => {
  it('make whom they are made out to a member, once', async () => {
    const person = await world.signUpInfluencer();
    const { token, invitation } = await invite(person.email, 'manager');
    await expect(accept(person, token)).resolves.toMatchObject({ partyId: brand.partyId, role: 'manager' });
    expect((await world.actorOf(person)).memberships).toEqual([
      { partyId: brand.partyId, kind: 'brand', role: 'manager' },
    ]);
    await expect(accept(person, token)).rejects.toThrow(InvitationNotValid);
    const revoking = { actor: await world.actorOf(brand), invitationId: invitation.id };
    await expect(world.get(RevokeInvitation).execute(revoking)).rejects.toThrow(InvitationAlreadyAccepted);
    await expect(invite(person.email)).rejects.toThrow(AlreadyMember);
  });

  it('make one member where the token is used twice at once', async () => {
    const person = await world.signUpInfluencer();
    const { token } = await invite(person.email);
    const results = await Promise.allSettled([accept(person, token), accept(person, token)]);
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
  });

  it('make an account for somebody without one, for the invited address only', async () => {
    const { token } = await invite('New.Colleague@example.com');
    const newUser = { password: TEST_PASSWORD, displayName: 'New', locale: 'fr' };
    const answer = await world.get(AcceptInvitation).execute({ actor: ANONYMOUS, token, newUser, address: null });
    expect(await world.get(LoadActor).bySession(answer.session?.token ?? '')).toMatchObject({
      userId: answer.userId,
    });
    await world.get(SignIn).execute({ email: 'new.colleague@example.com', password: TEST_PASSWORD, address: null });
  });

  it('are worth nothing to another address, unknown, revoked, replaced or expired', async () => {
    const [person, thief] = [await world.signUpInfluencer(), await world.signUpInfluencer()];
    const first = await invite(person.email);
    await expect(accept(thief, first.token)).rejects.toThrow(InvitationNotValid);
    await expect(accept(person, 'unknown')).rejects.toThrow(InvitationNotValid);
    const second = await invite(person.email);
    await expect(accept(person, first.token)).rejects.toThrow(InvitationNotValid);
    const owner = await world.actorOf(brand);
    await world.get(RevokeInvitation).execute({ actor: owner, invitationId: second.invitation.id });
    await expect(accept(person, second.token)).rejects.toThrow(InvitationNotValid);
    const third = await invite(person.email);
    const open = await world.get(ListInvitations).execute({ actor: owner, partyId: brand.partyId });
    expect(open.map((invitation) => invitation.id)).toContain(third.invitation.id);
    world.clock.advance({ days: 7 });
    await expect(accept(person, third.token)).rejects.toThrow(InvitationExpired);
  });

  it('are stored without the token', async () => {
    const { token, invitation } = await invite('stored@example.com');
    const [row] = await world.asOwner<{ text: string }>(
      `select i::text || encode(token_hash, 'escape') || encode(token_hash, 'base64') as text
       from parties.invitations i where id = $1`,
      [invitation.id],
    );
    expect(row?.text).not.toContain(token);
  });

  it('come from an owner in a session', async () => {
    const manager = await joined('manager');
    const command = { partyId: brand.partyId, email: 'x@example.com', role: 'owner' as const };
    const byManager = world.get(InviteMember).execute({ ...command, actor: await world.actorOf(manager) });
    await expect(byManager).rejects.toThrow(Forbidden);
    const byKey = { ...(await world.actorOf(brand)), scopes: ['campaigns:write'] };
    await expect(world.get(InviteMember).execute({ ...command, actor: byKey })).rejects.toThrow(Forbidden);
    const stranger = await world.actorOf(await world.signUpBrand());
    await expect(world.get(InviteMember).execute({ ...command, actor: stranger })).rejects.toThrow(NotFound);
  });
});

describe('members', () => {
  it('lose their rights with the next request, whatever session they hold', async () => {
    const person = await joined('manager');
    const owner = await world.actorOf(brand);
    await world.get(RemoveMember).execute({ actor: owner, partyId: brand.partyId, userId: person.userId });
    expect(await world.get(LoadActor).bySession(person.token)).not.toBeNull();
    expect((await world.actorOf(person)).memberships).toEqual([]);
    // And may come back.
    await accept(person, (await invite(person.email, 'viewer')).token);
    expect((await world.actorOf(person)).memberships).toEqual([
      { partyId: brand.partyId, kind: 'brand', role: 'viewer' },
    ]);
  });

  it('leave by themselves, and change nobody else', async () => {
    const [one, other] = [await joined('manager'), await joined('viewer')];
    const actor = await world.actorOf(one);
    const remove = world.get(RemoveMember);
    await expect(remove.execute({ actor, partyId: brand.partyId, userId: other.userId })).rejects.toThrow(Forbidden);
    const promote = { actor, partyId: brand.partyId, userId: one.userId, role: 'owner' as const };
    await expect(world.get(ChangeMemberRole).execute(promote)).rejects.toThrow(Forbidden);
    await remove.execute({ actor, partyId: brand.partyId, userId: one.userId });
    expect((await world.actorOf(one)).memberships).toEqual([]);
  });

  it('are listed for members only', async () => {
    const agency = await world.signUpAgency();
    const viewer = await joined('viewer', agency);
    const list = world.get(ListMembers);
    const members = await list.execute({ actor: await world.actorOf(viewer), partyId: agency.partyId });
    expect(members.map((member) => [member.email, member.role])).toEqual([
      [agency.email, 'owner'],
      [viewer.email, 'viewer'],
    ]);
    const stranger = list.execute({ actor: await world.actorOf(brand), partyId: agency.partyId });
    await expect(stranger).rejects.toThrow(NotFound);
  });

  it('always include an owner: neither leaving nor stepping down', async () => {
    const alone = await world.signUpBrand();
    const target = { actor: await world.actorOf(alone), partyId: alone.partyId, userId: alone.userId };
    await expect(world.get(RemoveMember).execute(target)).rejects.toThrow(LastOwner);
    await expect(world.get(ChangeMemberRole).execute({ ...target, role: 'manager' })).rejects.toThrow(LastOwner);
  });

  it('always include an owner: two who leave at once', async () => {
    const first = await world.signUpBrand();
    const second = await joined('owner', first);
    const leave = async (person: TestParty) =>
      world
        .get(RemoveMember)
        .execute({ actor: await world.actorOf(person), partyId: first.partyId, userId: person.userId });
    const results = await Promise.allSettled([leave(first), leave(second)]);
    expect(results.map((result) => result.status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  it('always include an owner: the database says so too', async () => {
    const alone = await world.signUpBrand();
    const sql = "update parties.members set role = 'viewer' where party_id = $1";
    await expect(world.asOwner(sql, [alone.partyId])).rejects.toThrow(/at least one owner/);
  });
});

describe('LoadActor', () => {
  it('gives a key bound to a party that party alone, and no staff role', async () => {
    const person = await world.signUpInfluencer();
    const own = await world
      .get(CreateOrganisation)
      .execute({ actor: await world.actorOf(person), kind: 'brand', organisationName: 'Own', country: 'JP' });
    await world.asOwner("update identity.users set staff_roles = '{operator}' where id = $1", [person.userId]);
    const loadActor = world.get(LoadActor);
    expect(await loadActor.forUser(person.userId, ['sales:write'], own.partyId)).toMatchObject({
      scopes: ['sales:write'],
      influencerId: null,
      memberships: [{ partyId: own.partyId }],
      staffRoles: [],
    });
    expect(await loadActor.forUser(person.userId, [], null)).toMatchObject({
      influencerId: person.partyId,
      staffRoles: ['operator'],
    });
  });

  it('knows nobody who is disabled', async () => {
    const gone = await world.signUpBrand();
    await world.asOwner('update identity.users set disabled_at = now() where id = $1', [gone.userId]);
    await expect(world.actorOf(gone)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});

describe('row-level security of organisations', () => {
  const tables = ['parties', 'organisations', 'members', 'invitations', 'influencers', 'channels'];

  it.each([...tables, 'mandates', 'payout_accounts'])('shows no row of %s to an unset actor', async (table) => {
    expect(await world.asApplication({}, `select 1 from parties.${table}`)).toEqual([]);
  });

  it('shows a stranger neither members nor invitations', async () => {
    await invite('waiting@example.com');
    const stranger = await world.signUpBrand();
    const settings = { user_id: stranger.userId, party_ids: `{${stranger.partyId}}` };
    const sql = (table: string) => `select 1 from parties.${table} where party_id = $1`;
    expect(await world.asApplication(settings, sql('members'), [brand.partyId])).toEqual([]);
    expect(await world.asApplication(settings, sql('invitations'), [brand.partyId])).toEqual([]);
    const own = { user_id: brand.userId, party_ids: `{${brand.partyId}}` };
    expect(await world.asApplication(own, sql('invitations'), [brand.partyId])).not.toEqual([]);
  });

  it('lets nobody make themselves a member or rename another party', async () => {
    const stranger = await world.signUpBrand();
    const settings = { user_id: stranger.userId, party_ids: `{${stranger.partyId}}` };
    const insert = `insert into parties.members values ($1, $2, 'owner', now(), null)`;
    const joining = world.asApplication(settings, insert, [brand.partyId, stranger.userId]);
    await expect(joining).rejects.toThrow(/row-level security/);
    const rename = `update parties.parties set display_name = 'Mine' where id = $1 returning id`;
    expect(await world.asApplication(settings, rename, [brand.partyId])).toEqual([]);
  });

  it('keeps nothing of an actor on a pooled connection', async () => {
    await world.actorOf(brand);
    await world.uow.read(await world.actorOf(brand), () => Promise.resolve());
    const leftovers = await Promise.all(
      Array.from({ length: 12 }, () =>
        world.uow.read(ANONYMOUS, (tx) => managerOf(tx).query<unknown[]>('select 1 from parties.members')),
      ),
    );
    expect(leftovers.flat()).toEqual([]);
  });
});
