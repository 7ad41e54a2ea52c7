import { SignUpBrand, SignUpInfluencer } from '@evenhand/parties';
import { readSettings } from '@evenhand/platform';
import { createTestDatabase, type TestDatabase } from '@evenhand/testing';
import { type Type, ValidationPipe } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test, type TestingModuleBuilder } from '@nestjs/testing';
import { Logger, PARAMS_PROVIDER_TOKEN } from 'nestjs-pino';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiModule } from '../../../apps/api/src/api.module';
import { httpAdapter } from '../../../apps/api/src/http/http-adapter';
import { loggingOptions } from '../../../apps/api/src/http/logging';

export interface ApiAnswer {
  readonly data: Record<string, any> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions: Readonly<Record<string, unknown>> }[];
}

/** Somebody signed in: the session's token, and the party that came with the sign-up. */
export interface Login {
  readonly token: string;
  readonly partyId: string;
  readonly userId: string;
}

interface ApiInTestOptions {
  /** Of a database that is there and stays; a new one is made without it. */
  readonly databaseUrl?: string;
  /** Replaces providers before the application is built. */
  readonly change?: (builder: TestingModuleBuilder) => TestingModuleBuilder;
  /** Gets each line that the API would log in operation; nothing is logged without it. */
  readonly log?: (line: string) => void;
  /** Settings beside those of every test. */
  readonly env?: NodeJS.ProcessEnv;
}

/** The API on a database of its own, asked without a network. */
export class ApiInTest {
  private constructor(
    private readonly database: Pick<TestDatabase, 'url' | 'drop'>,
    private readonly app: NestFastifyApplication,
    readonly dataDirectory: string,
  ) {}

  static async open({
    databaseUrl,
    change = (builder) => builder,
    log,
    env,
  }: ApiInTestOptions = {}): Promise<ApiInTest> {
    const database =
      databaseUrl === undefined ? await createTestDatabase() : { url: databaseUrl, drop: () => Promise.resolve() };
    const dataDirectory = mkdtempSync(join(tmpdir(), 'api-in-test-'));
    const logLevel = log === undefined ? 'silent' : 'info';
    const given = { DATABASE_URL: database.url, DATA_DIR: dataDirectory, LOG_LEVEL: logLevel };
    const settings = readSettings({ ...given, ...env });
    const builder = Test.createTestingModule({ imports: [ApiModule.with(settings)] });
    if (log !== undefined) {
      const { pinoHttp, ...params } = loggingOptions(settings);
      builder.overrideProvider(PARAMS_PROVIDER_TOKEN).useValue({ ...params, pinoHttp: [pinoHttp, { write: log }] });
    }
    const module = await change(builder).compile();
    const adapter = httpAdapter(settings);
    const app = module.createNestApplication<NestFastifyApplication>(adapter, { logger: false });
    if (log !== undefined) app.useLogger(app.get(Logger));
    app.useGlobalPipes(new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true }));
    // Fastify's cookie plugin imports dynamically, which Jest cannot; one cookie is soon read.
    adapter.getInstance().addHook('onRequest', async (request) => {
      request.cookies = Object.fromEntries([(request.headers.cookie ?? '').split('=')]);
    });
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    return new ApiInTest(database, app, dataDirectory);
  }

  get databaseUrl(): string {
    return this.database.url;
  }

  get<T>(provider: Type<T> | (abstract new (...args: never[]) => T)): T {
    return this.app.get<T>(provider, { strict: false });
  }

  /** The address it is asked at over a real connection, from now on. */
  async listen(): Promise<string> {
    await this.app.listen(0, '127.0.0.1');
    return this.app.getUrl();
  }

  async ask(who: { readonly token: string } | null, query: string, variables: object = {}): Promise<ApiAnswer> {
    return this.post(query, variables, who ? { cookie: `evenhand_session=${who.token}` } : {});
  }

  async post(query: string, variables: object, headers: Record<string, string>): Promise<ApiAnswer> {
    return (await this.send({ query, variables }, headers)).json<ApiAnswer>();
  }

  /** Any body, and the answer with its status. */
  send(payload: object, headers: Record<string, string>) {
    return this.app.inject({ method: 'POST', url: '/graphql', headers, payload });
  }

  signUpBrand(name: string, organisationName: string): Promise<Login> {
    return this.get(SignUpBrand).execute({ ...userNamed(name), organisationName });
  }

  signUpInfluencer(name: string): Promise<Login> {
    const profile = { bio: '', categories: [], markets: [], languages: [] };
    return this.get(SignUpInfluencer).execute({ ...userNamed(name), ...profile });
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.database.drop();
    rmSync(this.dataDirectory, { recursive: true, force: true });
  }
}

export const PASSWORD = 'correct horse battery staple';

function userNamed(name: string) {
  const email = `${name}@example.com`;
  return { email, password: PASSWORD, displayName: name, locale: 'en', address: null, country: 'FR' };
}
