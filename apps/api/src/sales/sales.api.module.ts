import { SalesModule } from '@evenhand/sales';
import { Module } from '@nestjs/common';
import { SalesResolver } from './sales.resolver';

@Module({ imports: [SalesModule], providers: [SalesResolver] })
export class SalesApiModule {}
