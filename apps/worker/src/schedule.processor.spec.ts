import { Logger } from '@nestjs/common';
import type { Job, Queue } from 'bullmq';
import { ScheduleProcessor } from './schedule.processor';

describe('a periodic job that fails', () => {
  it('is logged with every cause and fails by itself, so that the queue keeps it and runs the others', async () => {
    const logged = jest.spyOn(Logger.prototype, 'error').mockImplementation();
    jest.spyOn(Logger.prototype, 'debug').mockImplementation();
    const ran: string[] = [];
    const failure = new AggregateError([new Error('first'), new Error('second')], '2 of 9 items failed.');
    const jobs = [
      { name: 'broken', everyMs: 1, run: () => Promise.reject(failure) },
      { name: 'sound', everyMs: 1, run: async () => ran.push('sound') },
    ];
    const queue = { on: () => undefined } as unknown as Queue;
    const processor = new ScheduleProcessor(jobs, queue);
    const outcomes = await Promise.allSettled(['broken', 'sound'].map((name) => processor.process({ name } as Job)));
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect(ran).toEqual(['sound']);
    expect(logged).toHaveBeenCalledWith({ err: failure, job: 'broken' }, 'Periodic job failed');
  });
});
