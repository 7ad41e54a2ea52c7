import { createHash } from 'node:crypto';
import { IdGenerator } from '@evenhand/kernel';
import { UUID, uuidv7 } from 'uuidv7';

const BITS_12 = 0xfff;
const BITS_30 = 0x3fff_ffff;

export class UuidV7Generator extends IdGenerator {
  override next(): string {
    return uuidv7();
  }

  /** Where others are random, it has a digest of the name. */
  override of(name: string, at: Date): string {
    const digest = createHash('sha256').update(name, 'utf8').digest();
    const randomA = digest.readUInt16BE(0) & BITS_12;
    const randomB = digest.readUInt32BE(2) & BITS_30;
    return UUID.fromFieldsV7(at.getTime(), randomA, randomB, digest.readUInt32BE(6)).toString();
  }
}
