import { Injectable } from '@nestjs/common';

export abstract class SealedBankFiles {
  abstract reseal(): Promise<{ readonly resealed: number; readonly unreadable: number }>;
}

/** After a new encryption key was added: seals the files for the bank with it, so that the old key can go. */
@Injectable()
export class ResealBankFiles {
  constructor(private readonly values: SealedBankFiles) {}

  /** How many were sealed anew, and how many no known key opens. */
  execute(): Promise<{ readonly resealed: number; readonly unreadable: number }> {
    return this.values.reseal();
  }
}
