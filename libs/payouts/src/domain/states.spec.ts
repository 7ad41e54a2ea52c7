import { InvalidTransition, nextState } from '@evenhand/kernel';
import { type BatchCommand, BATCH_STATES, BATCH_TRANSITIONS, type BatchState } from './batch-state';
import { canonicalContent, type ContentItem } from './content';
import { endToEndIdOf, MAX_END_TO_END_ID_LENGTH } from './end-to-end-id';
import { isFinalItemState, ITEM_STATES, LIVE_ITEM_STATES } from './item-state';

const after = (state: BatchState, command: BatchCommand) => nextState('Batch', BATCH_TRANSITIONS, state, command);

describe('a batch', () => {
  it('goes from draft to settled, one step after the other', () => {
    const steps: BatchCommand[] = ['submit', 'approve', 'export', 'settle'];
    expect(steps.reduce(after, 'draft')).toBe('settled');
    expect(() => after('draft', 'approve')).toThrow(InvalidTransition);
    expect(() => after('submitted', 'export')).toThrow(InvalidTransition);
  });

  it('is edited as a draft alone, and never taken back once it is at the bank', () => {
    const editable = BATCH_STATES.filter((state) => BATCH_TRANSITIONS[state].exclude_item !== undefined);
    expect(editable).toEqual(['draft']);
    for (const command of ['cancel', 'reject', 'reopen', 'submit'] as const) {
      expect(() => after('exported', command)).toThrow(InvalidTransition);
    }
  });
});

describe('an item', () => {
  it('keeps its lines while the bank may have paid it, and for good once it has', () => {
    expect(ITEM_STATES.filter((state) => !isFinalItemState(state))).toEqual(['planned', 'sent', 'unknown']);
    expect(LIVE_ITEM_STATES).toEqual(['planned', 'sent', 'unknown', 'paid']);
  });

  it('has an end-to-end id that banks take and that follows from its own', () => {
    const id = '019a0000-0000-7000-8000-0000000000ff';
    expect(endToEndIdOf(id)).toBe('EH019A00000000700080000000000000FF');
    expect(endToEndIdOf(id).length).toBeLessThanOrEqual(MAX_END_TO_END_ID_LENGTH);
  });
});

describe('the canonical content', () => {
  const head = { batchId: 'b', cutOff: new Date(0), timeZone: 'UTC' };
  const item = (given: Partial<ContentItem> = {}): ContentItem => ({
    itemId: 'i',
    endToEndId: 'EHI',
    partyId: 'p',
    currency: 'EUR',
    amountMinor: 1n,
    linesMinor: 1n,
    linesDigest: 'd',
    account: { accountId: 'a', setAt: new Date(0) },
    ...given,
  });

  it('does not depend on the order of items', () => {
    const [first, second] = [item({ itemId: '1' }), item({ itemId: '2' })];
    expect(canonicalContent(head, [first, second])).toBe(canonicalContent(head, [second, first]));
  });

  it.each<Partial<ContentItem>>([
    { amountMinor: 2n },
    { linesMinor: 2n },
    { linesDigest: 'e' },
    { partyId: 'q' },
    { currency: 'JPY' },
    { endToEndId: 'EHJ' },
    { account: null },
    { account: { accountId: 'b', setAt: new Date(0) } },
    { account: { accountId: 'a', setAt: new Date(1) } },
  ])('changes with %j', (change) => {
    expect(canonicalContent(head, [item(change)])).not.toBe(canonicalContent(head, [item()]));
  });
});
