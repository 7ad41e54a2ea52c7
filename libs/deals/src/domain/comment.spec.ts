import { InvalidInput } from '@evenhand/kernel';
import { type CommentPin, MAX_COMMENT_LENGTH, parseCommentText, requirePin } from './comment';
import { InvalidCommentPin } from './errors';

const FILES = [
  { id: 'image', kind: 'image' },
  { id: 'video', kind: 'video' },
  { id: 'document', kind: 'document' },
] as const;

const pin = (fileId: string, position: Partial<CommentPin> = {}): CommentPin => ({
  fileId,
  atMs: null,
  xPermille: null,
  yPermille: null,
  ...position,
});

describe('a comment', () => {
  it('has 1 to 2,000 characters, whatever they are made of', () => {
    expect(parseCommentText('  好！\n')).toBe('好！');
    expect(parseCommentText('👜'.repeat(MAX_COMMENT_LENGTH))).toHaveLength(2 * MAX_COMMENT_LENGTH);
    expect(() => parseCommentText('👜'.repeat(MAX_COMMENT_LENGTH + 1))).toThrow(InvalidInput);
    expect(() => parseCommentText(' \n')).toThrow('A comment has 1 to 2,000 characters.');
  });

  it.each([
    pin('image'),
    pin('video'),
    pin('document'),
    pin('video', { atMs: 0 }),
    pin('video', { atMs: 86_400_000 }),
    pin('image', { xPermille: 0, yPermille: 1_000 }),
  ])('is pinned where its file has such a place: %j', (good) => {
    expect(() => requirePin(good, FILES)).not.toThrow();
  });

  it.each([
    pin('another'),
    pin('image', { atMs: 5 }),
    pin('document', { atMs: 5 }),
    pin('video', { atMs: -1 }),
    pin('video', { atMs: 1.5 }),
    pin('video', { atMs: 86_400_001 }),
    pin('video', { xPermille: 1, yPermille: 1 }),
    pin('document', { xPermille: 1, yPermille: 1 }),
    pin('image', { xPermille: 1 }),
    pin('image', { yPermille: 1 }),
    pin('image', { xPermille: 1_001, yPermille: 0 }),
    pin('image', { xPermille: 0, yPermille: -1 }),
  ])('is refused anywhere else: %j', (bad) => {
    expect(() => requirePin(bad, FILES)).toThrow(InvalidCommentPin);
  });
});
