import { Injectable } from '@nestjs/common';
import { isbot } from 'isbot';
import { VisitorFilter, type VisitorHeaders } from '../../application/tracking/visitor-filter';

const LOADS_AHEAD = /\b(prefetch|prerender|preview)\b/i;

@Injectable()
export class IsbotVisitorFilter extends VisitorFilter {
  override isMachine({ userAgent }: VisitorHeaders): boolean {
    // Every browser names itself.
    return !userAgent || isbot(userAgent);
  }

  override loadsAhead({ purpose }: VisitorHeaders): boolean {
    return LOADS_AHEAD.test(purpose ?? '');
  }
}
