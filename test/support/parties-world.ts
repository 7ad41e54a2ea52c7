import { IdentityModule, type OpenedSession } from '@evenhand/identity';
import { Clock, type CompensationKind, type PersonActor, UnitOfWork } from '@evenhand/kernel';
import {
  AcceptMandate,
  LoadActor,
  type MandateCut,
  PartiesModule,
  RequestMandate,
  SignUpAgency,
  SignUpBrand,
  SignUpInfluencer,
} from '@evenhand/parties';
import { APPLICATION_ROLE, PlatformModule } from '@evenhand/platform';
import { createTestDatabase } from '@evenhand/testing';
import type { ModuleMetadata } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { tmpdir } from 'node:os';
import { Client } from 'pg';
import { PLAIN_REQUEST } from './mandate-samples';

/** A clock that stands still until it is moved. */
export class TestClock extends Clock {
  constructor(private instant = new Date('2026-03-01T09:00:00.000Z')) {
    super();
  }

  override now(): Date {
    return new Date(this.instant);
  }

  advance(duration: { readonly days?: number; readonly hours?: number; readonly seconds?: number }): void {
    const { days = 0, hours = 0, seconds = 0 } = duration;
    this.instant = new Date(this.instant.getTime() + ((days * 24 + hours) * 3_600 + seconds) * 1_000);
  }
}

export const TEST_PASSWORD = 'a long test password';
export const TEST_KEY = `k1:${Buffer.alloc(32, 7).toString('base64')}`;

export interface TestParty extends OpenedSession {
  readonly email: string;
  readonly userId: string;
  readonly partyId: string;
}

const CUT_KINDS: readonly CompensationKind[] = ['cash', 'note_commission', 'livestream_commission'];

export function sameCuts(share: string, of: MandateCut['of'] = 'gross'): Record<CompensationKind, MandateCut> {
  return Object.fromEntries(CUT_KINDS.map((kind) => [kind, { of, share }])) as Record<CompensationKind, MandateCut>;
}

/** Identity and parties on a database of their own, with the clock in the test's hand. */
export async function partiesWorld(
  imports: NonNullable<ModuleMetadata['imports']> = [],
  { allowLocalWebhooks = false } = {},
) {
  const database = await createTestDatabase();
  const clock = new TestClock();
  const settings = {
    port: 0,
    host: '127.0.0.1',
    databaseUrl: database.url,
    redisUrl: null,
    dataDirectory: tmpdir(),
    production: false,
    publicUrl: 'http://localhost',
    logLevel: 'silent',
    s3: null,
    trustProxyHops: 0,
    smtpUrl: null,
    mailFrom: 'Evenhand <no-reply@example.test>',
    allowLocalWebhooks,
    trustedDocuments: null,
    encryptionKeys: TEST_KEY,
  };
  const platform = PlatformModule.withoutQueues({ settings, applicationName: 'evenhand-test', maxConnections: 8 });
  const app = await Test.createTestingModule({ imports: [platform, IdentityModule, PartiesModule, ...imports] })
    .overrideProvider(Clock)
    .useValue(clock)
    .compile();
  const get = <T>(token: abstract new (...args: never[]) => T): T => app.get<T>(token, { strict: false });
  let people = 0;
  const person = () => {
    people += 1;
    const email = `person${people}@example.com`;
    return { email, password: TEST_PASSWORD, displayName: `Person ${people}`, locale: 'en', address: null };
  };

  const world = {
    clock,
    get,
    databaseUrl: database.url,
    uow: get(UnitOfWork),
    signUpBrand: async (organisationName = 'Maison Lune'): Promise<TestParty> => {
      const command = { ...person(), organisationName, country: 'FR' };
      return { email: command.email, ...(await get(SignUpBrand).execute(command)) };
    },
    signUpAgency: async (organisationName = 'Kumo Talent'): Promise<TestParty> => {
      const command = { ...person(), organisationName, country: 'JP' };
      return { email: command.email, ...(await get(SignUpAgency).execute(command)) };
    },
    signUpInfluencer: async (displayName = 'Aoi'): Promise<TestParty> => {
      const profile = { bio: '', categories: [], markets: [], languages: [], country: 'JP' };
      const command = { ...person(), ...profile, displayName };
      return { email: command.email, ...(await get(SignUpInfluencer).execute(command)) };
    },
    actorOf: (party: { readonly userId: string }): Promise<PersonActor> => get(LoadActor).forUser(party.userId, null),
    /** A mandate in force, asked for and consented to. */
    mandate: async (agency: TestParty, influencer: TestParty, cuts = sameCuts('1/5')) => {
      const request = await get(RequestMandate).execute({
        actor: await world.actorOf(agency),
        influencerId: influencer.partyId,
        agencyId: agency.partyId,
        ...PLAIN_REQUEST,
        cuts,
      });
      const actor = await world.actorOf(influencer);
      return get(AcceptMandate).execute({ actor, mandateId: request.mandateId, version: request.version });
    },
    /** Raw SQL as the application's role, in a transaction that is rolled back, with the settings given. */
    asApplication: async <T extends object>(
      settingsOf: Readonly<Record<string, string>>,
      sql: string,
      values: readonly unknown[] = [],
    ): Promise<T[]> => {
      const client = new Client({ connectionString: database.url, options: `-c role=${APPLICATION_ROLE}` });
      await client.connect();
      try {
        await client.query('begin');
        for (const [name, value] of Object.entries(settingsOf)) {
          await client.query('select set_config($1, $2, true)', [`evenhand.${name}`, value]);
        }
        return (await client.query<T>(sql, [...values])).rows;
      } finally {
        await client.end();
      }
    },
    /** Raw SQL as the owner of the tables. */
    asOwner: async <T extends object>(sql: string, values: readonly unknown[] = []): Promise<T[]> => {
      const client = new Client({ connectionString: database.url });
      await client.connect();
      try {
        return (await client.query<T>(sql, [...values])).rows;
      } finally {
        await client.end();
      }
    },
    close: async (): Promise<void> => {
      await app.close();
      await database.drop();
    },
  };
  return world;
}

export type PartiesWorld = Awaited<ReturnType<typeof partiesWorld>>;
