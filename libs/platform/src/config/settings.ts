import { resolve } from 'node:path';
import { InvalidSetting } from './invalid-setting';
import { type S3Settings, s3SettingsOf } from './s3-settings';

const MAX_PROXY_HOPS = 10;

/** What the environment decides. Names and defaults are fixed; see the README's table. */
export interface Settings {
  readonly port: number;
  /** Address the API listens on. */
  readonly host: string;
  readonly databaseUrl: string;
  /** Null: jobs live in PostgreSQL. */
  readonly redisUrl: string | null;
  /** Absolute path of the folder for everything kept outside the database. */
  readonly dataDirectory: string;
  readonly production: boolean;
  /** Origin under which people reach the product; links and cookies are made for it. */
  readonly publicUrl: string;
  readonly logLevel: string;
  /**
   * How many proxies of one's own every request passes; `X-Forwarded-For` is read that far back. 0: the address is the
   * connection's. More than there are, or an API that can be reached past them, lets clients choose their address and
   * with it evade limits by address.
   */
  readonly trustProxyHops: number;
  /** `id:base64` pairs of 256-bit keys, newest first; null: kept in the data directory. */
  readonly encryptionKeys: string | null;
  /** `smtp:` or `smtps:` URL of the server that e-mails leave by; null: files in the data directory. */
  readonly smtpUrl: string | null;
  /** The sender of e-mails, `Name <address>`. */
  readonly mailFrom: string;
  /** Webhooks may go out to this very machine, and by http: for development and tests. */
  readonly allowLocalWebhooks: boolean;
  /** Where files are kept; null: in a folder of the data directory. */
  readonly s3: S3Settings | null;
  /** File of the documents that clients name by their hash and that are compiled; null: there are none. */
  readonly trustedDocuments: string | null;
}

export function dataDirectoryOf(env: NodeJS.ProcessEnv): string {
  return resolve(env['DATA_DIR'] ?? '.data');
}

/** The port of the API, or {@link InvalidSetting}. */
export function portOf(env: NodeJS.ProcessEnv): number {
  const port = Number(env['PORT'] ?? '3000');
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new InvalidSetting('PORT must be 0 to 65535.');
  return port;
}

function trustProxyHopsOf(env: NodeJS.ProcessEnv): number {
  const hops = Number(env['TRUST_PROXY_HOPS'] || '0');
  if (!Number.isInteger(hops) || hops < 0 || hops > MAX_PROXY_HOPS) {
    throw new InvalidSetting(`TRUST_PROXY_HOPS must be a whole number from 0 to ${MAX_PROXY_HOPS}.`);
  }
  return hops;
}

function allowLocalWebhooksOf(env: NodeJS.ProcessEnv): boolean {
  const setting = env['ALLOW_LOCAL_WEBHOOKS'] || 'false';
  if (setting !== 'true' && setting !== 'false') {
    throw new InvalidSetting('ALLOW_LOCAL_WEBHOOKS must be true or false.');
  }
  if (setting === 'true' && env['NODE_ENV'] === 'production') {
    throw new InvalidSetting(
      'ALLOW_LOCAL_WEBHOOKS is for development: in production webhooks never go to this machine.',
    );
  }
  return setting === 'true';
}

/** E-mails leave by a server from an address that somebody has decided on, or stay in files. */
function mailOf(env: NodeJS.ProcessEnv): Pick<Settings, 'smtpUrl' | 'mailFrom'> {
  const [smtpUrl, mailFrom] = [env['SMTP_URL'] || null, env['MAIL_FROM'] || null];
  if (smtpUrl !== null && !(/^smtps?:\/\/[^/]/.test(smtpUrl) && URL.canParse(smtpUrl))) {
    throw new InvalidSetting('SMTP_URL must be a URL such as smtp://user:password@mail.example.com:587.');
  }
  if (smtpUrl !== null && mailFrom === null) throw new InvalidSetting('MAIL_FROM must be set with SMTP_URL.');
  if (mailFrom !== null && !/^[^@\r\n]+@[^@\s]+$/.test(mailFrom)) {
    throw new InvalidSetting('MAIL_FROM must be an address such as Evenhand <hello@example.com>.');
  }
  return { smtpUrl, mailFrom: mailFrom ?? 'Evenhand <no-reply@localhost>' };
}

/** Reads the settings of a process that needs the database; throws {@link InvalidSetting} naming what is wrong. */
export function readSettings(env: NodeJS.ProcessEnv = process.env): Settings {
  const databaseUrl = env['DATABASE_URL'];
  if (databaseUrl === undefined || databaseUrl === '') {
    throw new InvalidSetting('DATABASE_URL is not set. `npm start` runs an embedded database and sets it.');
  }
  const port = portOf(env);
  return {
    port,
    host: env['HOST'] || '127.0.0.1',
    databaseUrl,
    redisUrl: env['REDIS_URL'] || null,
    dataDirectory: dataDirectoryOf(env),
    production: env['NODE_ENV'] === 'production',
    publicUrl: env['PUBLIC_URL'] ?? `http://localhost:${port}`,
    logLevel: env['LOG_LEVEL'] ?? 'info',
    trustProxyHops: trustProxyHopsOf(env),
    encryptionKeys: env['ENCRYPTION_KEYS'] || null,
    ...mailOf(env),
    allowLocalWebhooks: allowLocalWebhooksOf(env),
    s3: s3SettingsOf(env),
    trustedDocuments: env['TRUSTED_DOCUMENTS'] || null,
  };
}
