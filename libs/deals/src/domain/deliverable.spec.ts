import { InvalidTransition } from '@evenhand/kernel';
import {
  approveDeliverable,
  DELIVERABLE_STATES,
  type DeliverableProgress,
  type DeliverableState,
  PLANNED,
  publishDeliverable,
  prolongAnswer,
  requestChanges,
  settleDeliverable,
  submitDeliverable,
} from './deliverable';
import { InvalidLiveUrl, RevisionsExhausted } from './errors';

const NOW = new Date('2026-03-01T12:00:00Z');
const URL = 'https://www.xiaohongshu.com/explore/65f0';

const inState = (state: DeliverableState): DeliverableProgress => ({ ...PLANNED, state });

const COMMANDS = {
  submit: (progress: DeliverableProgress) => submitDeliverable(progress, 7, NOW),
  request_changes: (progress: DeliverableProgress) => requestChanges(progress, 1),
  approve: (progress: DeliverableProgress) => approveDeliverable(progress, 'brand', NOW),
  publish: (progress: DeliverableProgress) => publishDeliverable(progress, URL, NOW),
  settle: (progress: DeliverableProgress) => settleDeliverable(progress),
} as const;

describe('the deliverable: state × command', () => {
  const allowed: Readonly<Record<string, DeliverableState>> = {
    'planned submit': 'submitted',
    'submitted request_changes': 'changes_requested',
    'submitted approve': 'approved',
    'changes_requested submit': 'submitted',
    'approved publish': 'published',
    'planned settle': 'settled',
    'submitted settle': 'settled',
    'changes_requested settle': 'settled',
  };
  const commands = ['submit', 'request_changes', 'approve', 'publish', 'settle'] as const;
  const cells = DELIVERABLE_STATES.flatMap((state) => commands.map((command) => [state, command] as const));

  it.each(cells)('%s, %s', (state, command) => {
    const next = allowed[`${state} ${command}`];
    if (next === undefined) expect(() => COMMANDS[command](inState(state))).toThrow(InvalidTransition);
    else expect(COMMANDS[command](inState(state)).state).toBe(next);
  });
});

describe('revisions', () => {
  it('are refused beyond the cap, and the deliverable stays with the brand', () => {
    const once = requestChanges(submitDeliverable(PLANNED, 7, NOW), 1);
    expect(once.revisionsUsed).toBe(1);
    const again = submitDeliverable(once, 7, NOW);
    expect(() => requestChanges(again, 1)).toThrow(new RevisionsExhausted(1));
    expect(approveDeliverable(again, 'brand', NOW).state).toBe('approved');
  });

  it('are refused at once where none are allowed', () => {
    expect(() => requestChanges(submitDeliverable(PLANNED, 7, NOW), 0)).toThrow(RevisionsExhausted);
  });
});

describe('silence', () => {
  it('is counted from the latest submission, and only while the brand is asked', () => {
    const submitted = submitDeliverable(PLANNED, 7, NOW);
    expect(submitted.autoApproveAt).toEqual(new Date('2026-03-08T12:00:00Z'));
    const sentBack = requestChanges(submitted, 2);
    expect(sentBack.autoApproveAt).toBeNull();
    const later = new Date('2026-03-20T00:00:00Z');
    const resubmitted = submitDeliverable(sentBack, 7, later);
    expect(resubmitted.autoApproveAt).toEqual(new Date('2026-03-27T00:00:00Z'));
    expect(approveDeliverable(resubmitted, 'silence', later)).toMatchObject({
      approvedBy: 'silence',
      autoApproveAt: null,
    });
  });
});

describe('the live address', () => {
  it.each([
    'http://www.xiaohongshu.com/explore/1',
    'javascript:alert(1)',
    'https://user:secret@example.com/',
    'https://localhost/post',
    'https://127.0.0.1/post',
    'https://[::1]/post',
    'not a url',
    `https://example.com/${'a'.repeat(2048)}`,
  ])('refuses %s', (url) => {
    expect(() => publishDeliverable(inState('approved'), url, NOW)).toThrow(InvalidLiveUrl);
  });

  it.each([
    [URL, URL],
    ['https://www.douyin.com/video/1?x=2#t', 'https://www.douyin.com/video/1?x=2#t'],
    ['https://例え.jp/投稿', 'https://xn--r8jz45g.jp/%E6%8A%95%E7%A8%BF'],
  ])('keeps %s', (url, stored) => {
    expect(publishDeliverable(inState('approved'), url, NOW).liveUrl).toBe(stored);
  });
});

describe('resting', () => {
  const HOUR_MS = 3_600_000;
  const later = (hours: number) => new Date(NOW.getTime() + hours * HOUR_MS);
  const submitted = submitDeliverable(PLANNED, 7, NOW);

  it("adds to the brand's days what passed while it rested", () => {
    const prolonged = prolongAnswer(submitted, later(24), later(72));
    expect(prolonged.autoApproveAt).toEqual(later(7 * 24 + 48));
    expect(prolongAnswer(PLANNED, NOW, later(1))).toEqual(PLANNED);
  });

  it('is over once it is settled: silence approves nothing', () => {
    expect(settleDeliverable(submitted)).toEqual({ ...submitted, state: 'settled', autoApproveAt: null });
  });
});
