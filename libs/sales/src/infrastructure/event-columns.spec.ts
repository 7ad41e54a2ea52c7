import type { NewIntakeEvent } from '../application/intake-repository';
import { eventColumns } from './event-columns';

const RECEIVED_AT = new Date('2026-10-01T10:00:00.000Z');
const NUMBERS = 9;
const CIRCUMSTANCES = 10;

function eventOf(given: Partial<NewIntakeEvent>): NewIntakeEvent {
  return {
    eventId: '0190a000-0000-7000-8000-000000000001',
    kind: 'sale',
    source: 'shop',
    externalId: 'A-1',
    content: '{}',
    contentSha256: '00'.repeat(32),
    state: 'recorded',
    reason: null,
    recordedId: null,
    saleExternalId: null,
    mendedContent: null,
    customer: null,
    receivedAt: RECEIVED_AT,
    receivedFrom: null,
    via: 'webhook',
    importId: null,
    ...given,
  };
}

describe('the columns of kept events', () => {
  it('tell once how events came, whatever each of them is refused for', () => {
    const reasonOf = (code: string) => ({
      code: 'CODE_UNKNOWN',
      message: `No deal of this brand has the code “${code}”.`,
    });
    const events = ['A', 'B', 'C'].map((code) => eventOf({ state: 'unattributed', reason: reasonOf(code) }));
    const columns = eventColumns(events);
    expect(columns[NUMBERS]).toBe('{1,1,1}');
    expect(JSON.parse(String(columns[CIRCUMSTANCES]))).toHaveLength(1);
  });

  it.each<[string, Partial<NewIntakeEvent>]>([
    ['kind', { kind: 'refund' }],
    ['source', { source: 'another shop' }],
    ['state', { state: 'superseded' }],
    ['instant', { receivedAt: new Date(RECEIVED_AT.getTime() + 1) }],
    ['sender', { receivedFrom: '0190a000-0000-7000-8000-000000000002' }],
    ['way', { via: 'file' }],
    ['file', { importId: '0190a000-0000-7000-8000-000000000003' }],
  ])('tell of another %s apart', (what, given) => {
    const columns = eventColumns([eventOf({}), eventOf(given)]);
    expect(columns[NUMBERS]).toBe('{1,2}');
    const [, second] = JSON.parse(String(columns[CIRCUMSTANCES])) as readonly object[];
    expect({ what, second }).toMatchObject({ what, second: JSON.parse(JSON.stringify(given)) as object });
  });
});
