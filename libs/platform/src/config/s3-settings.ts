import { InvalidSetting } from './invalid-setting';

/** A bucket of a store that speaks the S3 protocol, addressed by path. */
export interface S3Settings {
  /** http or https, without the bucket. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

const NAMES = {
  endpoint: 'S3_ENDPOINT',
  bucket: 'S3_BUCKET',
  region: 'S3_REGION',
  accessKeyId: 'S3_ACCESS_KEY_ID',
  secretAccessKey: 'S3_SECRET_ACCESS_KEY',
} as const satisfies Record<keyof S3Settings, string>;
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** Null where none is set. Throws {@link InvalidSetting} where some are missing: half a store would lose files. */
export function s3SettingsOf(env: NodeJS.ProcessEnv): S3Settings | null {
  const names = Object.values(NAMES);
  const missing = names.filter((name) => !env[name]);
  if (missing.length === names.length) return null;
  if (missing.length > 0) {
    throw new InvalidSetting(`Files in S3 need ${names.join(', ')}; not set: ${missing.join(', ')}.`);
  }
  const of = (key: keyof S3Settings) => env[NAMES[key]] ?? '';
  const endpoint = of('endpoint');
  if (!URL.canParse(endpoint) || !/^https?:$/.test(new URL(endpoint).protocol)) {
    throw new InvalidSetting('S3_ENDPOINT must be an http or https address.');
  }
  if (!BUCKET.test(of('bucket'))) throw new InvalidSetting('S3_BUCKET must be the name of a bucket.');
  return {
    endpoint,
    bucket: of('bucket'),
    region: of('region'),
    accessKeyId: of('accessKeyId'),
    secretAccessKey: of('secretAccessKey'),
  };
}
