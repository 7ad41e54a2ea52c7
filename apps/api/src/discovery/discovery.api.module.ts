import { DiscoveryModule } from '@evenhand/discovery';
import { Module } from '@nestjs/common';
import { SavedSearchesResolver } from './saved-searches.resolver';

@Module({ imports: [DiscoveryModule], providers: [SavedSearchesResolver] })
export class DiscoveryApiModule {}
