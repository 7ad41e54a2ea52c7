import { IdentityModule } from '@evenhand/identity';
import { Module } from '@nestjs/common';
import { PartiesApiModule } from '../parties';
import { ApiKeyResolver } from './api-key.resolver';
import { SessionResolver } from './session.resolver';
import { StaffResolver } from './staff.resolver';

@Module({
  imports: [IdentityModule, PartiesApiModule],
  providers: [ApiKeyResolver, SessionResolver, StaffResolver],
})
export class IdentityApiModule {}
