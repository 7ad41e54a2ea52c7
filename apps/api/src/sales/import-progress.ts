import type { MessageEvent } from '@nestjs/common';
import { concatMap, distinctUntilChanged, map, type Observable, takeWhile, timer } from 'rxjs';
import type { SalesImportType } from './imports.types';

const LOOK_EVERY_MS = 500;

/** What the import is whenever it changed, until it is read to its end. */
export function progressOf(look: () => Promise<SalesImportType>): Observable<MessageEvent> {
  return timer(0, LOOK_EVERY_MS).pipe(
    concatMap(look),
    distinctUntilChanged((before, now) => JSON.stringify(before) === JSON.stringify(now)),
    map((data) => ({ type: isOver(data) ? data.state : 'progress', data })),
    takeWhile(({ data }) => !isOver(data), true),
  );
}

function isOver({ state }: SalesImportType): boolean {
  return state === 'done' || state === 'failed';
}
