import { IdentityModule } from '@evenhand/identity';
import { PartiesModule } from '@evenhand/parties';
import { Module } from '@nestjs/common';
import { RequestContextFactory } from './request-context.factory';

/** Who asks, for GraphQL and for what is asked beside it. */
@Module({
  imports: [IdentityModule, PartiesModule],
  providers: [RequestContextFactory],
  exports: [RequestContextFactory],
})
export class RequestContextModule {}
