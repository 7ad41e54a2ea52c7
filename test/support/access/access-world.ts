import { createTestDatabase } from '@evenhand/testing';
import { Client } from 'pg';
import { DEMO_PASSWORD, PEOPLE, type DemoPerson } from '../../../apps/cli/src/demo/demo-logins';
import type { GraphqlClient } from '../graphql-client';
import { eventually } from '../eventually';
import { type RunningProduct, runCli, startProduct } from '../running-product';

const PASSWORD = 'a long test password';
/** The demo world is read by the process that did not load it. */
const KEYS = { ENCRYPTION_KEYS: `test:${Buffer.alloc(32, 7).toString('base64')}` };
const VIEWER = 'viewer { id influencer { id } memberships { party { id } } }';

/** Somebody signed in, with the party they are or own; ids as on the wire. */
export interface SignedUp {
  readonly client: GraphqlClient;
  readonly email: string;
  readonly userId: string;
  readonly partyId: string;
}

/** The running API on a database of its own. Without a worker nothing changes but by a request. */
export class AccessWorld {
  private people = 0;

  private constructor(
    readonly product: RunningProduct,
    readonly databaseUrl: string,
    private readonly owner: Client,
    private readonly drop: () => Promise<void>,
  ) {}

  static async open(options: { readonly withDemo: boolean }): Promise<AccessWorld> {
    const database = await createTestDatabase();
    if (options.withDemo) {
      const env = { ...process.env, ...KEYS, NODE_OPTIONS: '', DATABASE_URL: database.url, REDIS_URL: '' };
      await runCli(['demo', 'load'], { ...env, LOG_LEVEL: 'error' });
    }
    // Refusals by the thousand are what is wanted here, not what a log should tell of.
    const env = { ...KEYS, LOG_LEVEL: 'silent' };
    const product = await startProduct({ databaseUrl: database.url, withWorker: false, env });
    const owner = new Client({ connectionString: database.url });
    await owner.connect();
    return new AccessWorld(product, database.url, owner, () => database.drop());
  }

  async close(): Promise<void> {
    await this.owner.end();
    await this.product.stop();
    await this.drop();
  }

  /** Rows as the owner of the tables sees them: all of them. */
  async sql<T extends object>(statement: string, values: readonly unknown[] = []): Promise<T[]> {
    return (await this.owner.query<T>(statement, [...values])).rows;
  }

  /** Settles and seals all transactions, as a worker would. */
  async sealAll(): Promise<void> {
    await this.sql(`select set_config('evenhand.system', 'on', false)`);
    await eventually(
      async () => {
        await this.sql('select ledger.tick()');
        await this.sql('select ledger.seal_transactions(now(), 100000)');
        return this.sql(`
          select t.transaction_id from ledger.transactions t where not exists (
            select 1 from ledger.seals s where s.book_id = t.book_id and s.sealed_through >= t.recorded_at)`);
      },
      (unsealed) => unsealed.length === 0,
    );
  }

  demo(person: DemoPerson): Promise<GraphqlClient> {
    return this.product.signedIn(PEOPLE[person].email, DEMO_PASSWORD);
  }

  signUpBrand(): Promise<SignedUp> {
    return this.signUp('signUpBrand', { organisationName: `Rival Brand ${this.people}` });
  }

  signUpAgency(): Promise<SignedUp> {
    return this.signUp('signUpAgency', { organisationName: `Rival Agency ${this.people}` });
  }

  signUpInfluencer(): Promise<SignedUp> {
    return this.signUp('signUpInfluencer', {});
  }

  /** A colleague of the organisation's owner. */
  async colleague(owner: SignedUp | { client: GraphqlClient; partyId: string }, role: string): Promise<SignedUp> {
    this.people += 1;
    const email = `colleague${this.people}@example.com`;
    const invited = { partyId: owner.partyId, email, role };
    const { token } = await owner.client.succeed('inviteMember', 'MemberInvited', invited, 'token');
    const client = this.product.client();
    const newUser = { password: PASSWORD, displayName: `Colleague ${this.people}` };
    await client.succeed('acceptInvitation', 'InvitationAccepted', { token, newUser }, 'role');
    const { me } = await client.ask('{ me { id } }');
    return { client, email, userId: me.id, partyId: owner.partyId };
  }

  /** Somebody with these staff roles and nothing else. */
  async staff(...roles: readonly string[]): Promise<SignedUp> {
    const person = await this.signUpInfluencer();
    await this.sql(
      `with made as (update identity.users set staff_roles = $2 where email = $1 returning id)
       delete from parties.influencers where user_id in (select id from made)`,
      [person.email, roles],
    );
    return person;
  }

  /** A machine with a key of the person's with these scopes, bound to the party where one is given. */
  async machine(client: GraphqlClient, scopes: readonly string[], partyId: string | null = null) {
    const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
    const input = { name: 'Machine', scopes, partyId, expiresAt };
    const made = await client.succeed('createApiKey', 'ApiKeyCreated', input, 'secret apiKey { id }');
    return { client: this.product.withKey(made.secret), apiKeyId: made.apiKey.id as string };
  }

  private async signUp(mutation: string, more: Record<string, unknown>): Promise<SignedUp> {
    this.people += 1;
    const email = `someone${this.people}@example.com`;
    const client = this.product.client();
    const person = { email, password: PASSWORD, displayName: `Somebody ${this.people}`, country: 'FR', ...more };
    const { viewer } = await client.succeed(mutation, 'SignedIn', person, VIEWER);
    const partyId: string = viewer.influencer?.id ?? viewer.memberships[0].party.id;
    return { client, email, userId: viewer.id, partyId };
  }
}
