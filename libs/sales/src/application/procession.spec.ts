import { setImmediate as soon } from 'node:timers/promises';
import { OutOfTurn, Procession, type Turn } from './procession';

/** Three pieces of work that go on step by step when the test says so, and what they have done. */
function three() {
  const procession = new Procession();
  const done: string[] = [];
  const steps = new Map<string, () => void>();
  const step = async (name: string): Promise<void> => {
    await new Promise<void>((go) => steps.set(name, go));
    done.push(name);
  };
  const work = (name: string) =>
    procession.enter(async (turn: Turn) => {
      await step(`${name} reads`);
      await turn.reach('names');
      await step(`${name} locks`);
      turn.pass('names');
      await turn.reach('books');
      await step(`${name} posts`);
      turn.pass('books');
      await step(`${name} writes`);
      await turn.last();
      done.push(`${name} commits`);
      return name;
    });
  const all = ['one', 'two', 'three'].map(work);
  const outcomes = Promise.allSettled(all).then((settled) =>
    settled.map((it) => (it.status === 'fulfilled' ? it.value : String(it.reason))),
  );
  /** Lets one go on as far as it can. */
  const go = async (name: string): Promise<void> => {
    steps.get(name)?.();
    await soon();
  };
  return { done, go, outcomes, canGo: (name: string) => steps.has(name) };
}

describe('a procession', () => {
  it('reads in any order, and locks, posts and commits in turn, each while the one before does what comes next', async () => {
    const { done, go, outcomes, canGo } = three();
    await go('three reads');
    await go('two reads');
    expect(canGo('two locks')).toBe(false);
    await go('one reads');
    expect([canGo('two locks'), canGo('one locks')]).toEqual([false, true]);
    await go('one locks');
    await go('two locks');
    await go('three locks');
    expect([canGo('two posts'), canGo('one posts')]).toEqual([false, true]);
    await go('one posts');
    expect([canGo('two posts'), canGo('three posts')]).toEqual([true, false]);
    await go('two posts');
    await go('three posts');
    await go('three writes');
    await go('two writes');
    await go('one writes');
    expect(await outcomes).toEqual(['one', 'two', 'three']);
    expect(done.slice(-7)).toEqual([
      'three posts',
      'three writes',
      'two writes',
      'one writes',
      'one commits',
      'two commits',
      'three commits',
    ]);
  });

  it('lets nobody post after one that failed before its turn was over', async () => {
    const procession = new Procession();
    const posted: string[] = [];
    const first = procession.enter(() => Promise.reject(new Error('the first one failed')));
    const second = procession.enter(async (turn) => {
      await turn.reach('names');
      posted.push('second');
    });
    const third = procession.enter((turn) => turn.reach('books'));
    const outcomes = await Promise.allSettled([first, second, third]);
    expect(outcomes.map((it) => it.status === 'rejected' && it.reason.message)).toEqual(
      Array.from({ length: 3 }, () => 'the first one failed'),
    );
    expect(posted).toEqual([]);
  });

  it('lets nobody commit after one that failed when its turn was over', async () => {
    const procession = new Procession();
    const committed: string[] = [];
    const first = procession.enter(async (turn) => {
      turn.pass('names');
      await soon();
      throw new Error('the connection was lost');
    });
    const later = ['second', 'third'].map((name) =>
      procession.enter(async (turn) => {
        await turn.reach('names');
        turn.pass('names');
        await turn.last();
        committed.push(name);
      }),
    );
    for (const it of [first, ...later]) await expect(it).rejects.toThrow('the connection was lost');
    expect(committed).toEqual([]);
  });

  it('gives no second turn to one whose turn was over', async () => {
    const again = new Procession().enter(async (turn) => {
      await turn.reach('names');
      turn.pass('names');
      await turn.reach('names');
    });
    await expect(again).rejects.toThrow(OutOfTurn);
  });
});
