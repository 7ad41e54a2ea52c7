import { UnreadableRates } from '../domain/errors';
import { EcbRateSource } from './ecb-rate-source';

const read = (file: string) => new EcbRateSource().read(file);

describe('a file of the European Central Bank', () => {
  it('gives each rate of each day, and nothing where a currency had none', () => {
    expect(read('\uFEFFDate,USD,JPY,BGN,\r\n2026-06-02,1.1684,186.75,N/A,\r\n2026-06-01,1.17,,1.9558,\r\n')).toEqual([
      { date: '2026-06-02', currency: 'USD', perEuro: '1.1684' },
      { date: '2026-06-02', currency: 'JPY', perEuro: '186.75' },
      { date: '2026-06-01', currency: 'USD', perEuro: '1.17' },
      { date: '2026-06-01', currency: 'BGN', perEuro: '1.9558' },
    ]);
  });

  it.each([
    ['is empty', '', 'Line 1: a header'],
    ['is another file', '<html>', 'Line 1: a header'],
    ['has currencies that are none', 'Date,dollar\n', 'Line 1: a header'],
    ['writes days in words', 'Date,USD\n02 June 2026,1.1\n', 'Line 2: a day'],
    ['has a day that there is not', 'Date,USD\n2026-02-30,1.1\n', 'Line 2: a day'],
    ['has a rate below zero', 'Date,USD\n2026-06-02,-1.1\n', 'Line 2: "-1.1"'],
    ['has a rate of zero', 'Date,USD\n2026-06-02,0.00\n', 'Line 2: "0.00"'],
    ['has a rate that is no number', 'Date,USD\n2026-06-02,1e3\n', 'Line 2: "1e3"'],
    ['has more rates than currencies', 'Date,USD\n2026-06-02,1.1,2.2\n', 'Line 2: "2.2"'],
  ])('is refused whole where it %s', (_what, file, message) => {
    expect(() => read(file)).toThrow(UnreadableRates);
    expect(() => read(file)).toThrow(message);
  });
});
