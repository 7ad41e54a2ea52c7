import { InvalidInput } from '@evenhand/kernel';
import { MAX_TEXT_LENGTH, parseMessageText } from './message';

describe('the text of a message', () => {
  it('is what was written, without space around it', () => {
    expect(parseMessageText('  Two lines,\n  one of them indented. \n')).toBe('Two lines,\n  one of them indented.');
  });

  it('has 1 to 4,000 characters, whatever they are made of', () => {
    expect(parseMessageText('包')).toBe('包');
    expect(parseMessageText('👜'.repeat(MAX_TEXT_LENGTH))).toHaveLength(2 * MAX_TEXT_LENGTH);
    expect(() => parseMessageText('👜'.repeat(MAX_TEXT_LENGTH + 1))).toThrow(InvalidInput);
    expect(() => parseMessageText(' \n ')).toThrow('A message has 1 to 4,000 characters.');
  });
});
