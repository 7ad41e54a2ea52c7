import type { INestApplicationContext } from '@nestjs/common';

/** Who works in the demo world does so through the product's use cases. */
export abstract class UseCases {
  constructor(private readonly app: INestApplicationContext) {}

  protected get<T>(token: abstract new (...args: never[]) => T): T {
    return this.app.get<T>(token, { strict: false });
  }
}
