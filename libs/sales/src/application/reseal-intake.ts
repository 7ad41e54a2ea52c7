import { Injectable } from '@nestjs/common';

export abstract class SealedIntake {
  abstract reseal(): Promise<{ readonly resealed: number; readonly unreadable: number }>;
}

/** After a new encryption key was added: seals with it the secrets of shops, webhooks as they came, and files that wait, so that the old key can go. */
@Injectable()
export class ResealIntake {
  constructor(private readonly values: SealedIntake) {}

  /** How many were sealed anew, and how many no known key opens. */
  execute(): Promise<{ readonly resealed: number; readonly unreadable: number }> {
    return this.values.reseal();
  }
}
