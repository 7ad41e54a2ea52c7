import { PrivacyModule } from '@evenhand/privacy';
import { Module } from '@nestjs/common';
import { PrivacyResolver } from './privacy.resolver';

@Module({ imports: [PrivacyModule], providers: [PrivacyResolver] })
export class PrivacyApiModule {}
