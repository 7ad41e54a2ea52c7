import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadEncryptionKeys } from './encryption-keys';
import { FieldCipher } from './field-cipher';

const key = (id: string, fill: number) => ({ id, key: Buffer.alloc(32, fill) });
const IBAN = 'FR1420041010050500013M02606';

describe('a field at rest', () => {
  it('opens again where it was sealed, and never looks the same twice', () => {
    const cipher = new FieldCipher([key('k1', 1)]);
    const sealed = [cipher.seal(IBAN, 'accounts:1'), cipher.seal(IBAN, 'accounts:1')];
    expect(sealed[0]).not.toBe(sealed[1]);
    expect(sealed.join()).not.toContain(IBAN);
    expect(sealed.map((value) => cipher.open(value, 'accounts:1'))).toEqual([IBAN, IBAN]);
  });

  it('does not open in another row, with a changed byte, or with another key of the same id', () => {
    const cipher = new FieldCipher([key('k1', 1)]);
    const sealed = cipher.seal(IBAN, 'accounts:1');
    // Not the last one: of its bits some are padding.
    const flipped = `${sealed.slice(0, -6)}${sealed.at(-6) === 'A' ? 'B' : 'A'}${sealed.slice(-5)}`;
    expect(() => cipher.open(sealed, 'accounts:2')).toThrow();
    expect(() => cipher.open(flipped, 'accounts:1')).toThrow();
    expect(() => new FieldCipher([key('k1', 2)]).open(sealed, 'accounts:1')).toThrow();
    expect(() => new FieldCipher([key('k2', 1)]).open(sealed, 'accounts:1')).toThrow(/No key is known/);
  });

  it('is opened by an old key and sealed anew by the newest', () => {
    const sealed = new FieldCipher([key('k1', 1)]).seal(IBAN, 'accounts:1');
    const rotated = new FieldCipher([key('k2', 2), key('k1', 1)]);
    expect(rotated.open(sealed, 'accounts:1')).toBe(IBAN);
    expect(rotated.seal(IBAN, 'accounts:1')).toMatch(/^k2\./);
  });

  it('refuses keys that are missing or of another length', () => {
    expect(() => new FieldCipher([])).toThrow(TypeError);
    expect(() => new FieldCipher([{ id: 'k1', key: Buffer.alloc(16) }])).toThrow(TypeError);
  });
});

describe('the keys', () => {
  it('come from the setting, newest first', () => {
    const setting = `k2:${Buffer.alloc(32, 2).toString('base64')},k1:${Buffer.alloc(32, 1).toString('base64')}`;
    expect(loadEncryptionKeys(setting, '/nowhere').map(({ id }) => id)).toEqual(['k2', 'k1']);
  });

  it('are made once in the data directory, for the owner alone', () => {
    const directory = mkdtempSync(join(tmpdir(), 'evenhand-keys-'));
    const first = loadEncryptionKeys(null, directory);
    expect(loadEncryptionKeys(null, directory)).toEqual(first);
    expect(statSync(join(directory, 'encryption-keys')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(directory, 'encryption-keys'), 'utf8')).toMatch(/^k1:/);
    rmSync(directory, { recursive: true });
  });
});
