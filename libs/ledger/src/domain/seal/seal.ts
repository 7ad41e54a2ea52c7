import { createHash } from 'node:crypto';

/** What a seal says, in the order of its text; every value a string, so that the text is the same everywhere. */
export interface SealHeader {
  readonly format: 'evenhand/seal/1';
  readonly book: string;
  readonly brand: string;
  /** 1, 2, 3… within the book. */
  readonly seal: string;
  /** Holds every transaction of the book recorded up to this instant and after the seal before. */
  readonly through: string;
  readonly transactions: string;
  readonly root: string;
  /** sha256 of the salt from which those of the leaves are derived. */
  readonly saltHash: string;
  /** Hash of the seal before; zeros where there is none. */
  readonly previous: string;
  /** Hash of the seal {@link skippedTo} names, so that a long chain is walked in few steps. */
  readonly skipped: string;
  readonly sealedAt: string;
}

const SEAL = Buffer.of(0x02);

/** What stands for the hash of a seal before the first. */
export const NO_SEAL = '0'.repeat(64);

/** The hash of a seal: sha256 over 0x02 and the text of its header, in hexadecimal. */
export function sealHash(text: string): string {
  return createHash('sha256').update(SEAL).update(text, 'utf8').digest('hex');
}

/** The earlier seal to which this one links beside the previous: its number without its lowest binary digit, 0 for none. */
export function skippedTo(sealNo: number): number {
  return sealNo - (sealNo & -sealNo);
}

/** The numbers of the seals by which `head` is shown to follow `sealNo`, from that one up; a few dozen for a million. */
export function linksBetween(sealNo: number, head: number): readonly number[] {
  const numbers = [head];
  for (let at = head; at > sealNo;) {
    const skipped = skippedTo(at);
    at = skipped >= sealNo ? skipped : at - 1;
    numbers.push(at);
  }
  return numbers.toReversed();
}
