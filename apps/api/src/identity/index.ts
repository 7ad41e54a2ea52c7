export { IdentityApiModule } from './identity.api.module';
export { identityPolicy } from './identity.policy';
