import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type EncryptionKey } from './field-cipher';

const OWNER_ONLY = 0o600;

/**
 * The keys that protect bank details and addresses: from the setting (`id:base64,id:base64`, newest first), or from a
 * file in the data directory that is made on first use.
 */
export function loadEncryptionKeys(setting: string | null, dataDirectory: string): readonly EncryptionKey[] {
  return parseKeys(setting ?? readOrCreateKeyFile(join(dataDirectory, 'encryption-keys')));
}

function parseKeys(text: string): readonly EncryptionKey[] {
  return text
    .trim()
    .split(/[,\n]/)
    .map((pair) => {
      const colon = pair.indexOf(':');
      return { id: pair.slice(0, colon), key: Buffer.from(pair.slice(colon + 1), 'base64') };
    });
}

/** Two processes may start at once: `link` lets one of them create the file, and both read the same key. */
function readOrCreateKeyFile(path: string): string {
  if (!existsSync(path)) {
    mkdirSync(join(path, '..'), { recursive: true });
    const draft = `${path}.${process.pid}`;
    writeFileSync(draft, `k1:${randomBytes(32).toString('base64')}\n`, { mode: OWNER_ONLY });
    try {
      linkSync(draft, path);
    } catch (error) {
      if (!existsSync(path)) throw error;
    } finally {
      rmSync(draft, { force: true });
    }
  }
  return readFileSync(path, 'utf8');
}
