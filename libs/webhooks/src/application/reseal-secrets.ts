import { Injectable } from '@nestjs/common';

export abstract class SealedSecrets {
  abstract reseal(): Promise<{ readonly resealed: number; readonly unreadable: number }>;
}

/** After a new encryption key was added: seals the secrets of endpoints with it, so that the old key can go. */
@Injectable()
export class ResealSecrets {
  constructor(private readonly values: SealedSecrets) {}

  /** How many were sealed anew, and how many no known key opens. */
  execute(): Promise<{ readonly resealed: number; readonly unreadable: number }> {
    return this.values.reseal();
  }
}
