import { COMPENSATION_KINDS, InvalidInput } from '@evenhand/kernel';
import { InvalidMandateCut, MandateCutsExceedWhole } from './errors';
import { assertWithinWhole, type ChainLink, overlap, parseCuts, parseCutTerms } from './mandate-chain';
import { type BrandOverride, cutsFor, type MandateCut, type MandateCuts } from './mandate-cut';

const cut = (share: string, of: MandateCut['of'] = 'gross'): MandateCut => ({ of, share });
const all = (each: MandateCut): MandateCuts => ({
  cash: each,
  note_commission: each,
  livestream_commission: each,
});
const day = (number: number) => new Date(Date.UTC(2026, 0, number));
const link = (position: number, cuts: MandateCuts, from = 1, until: number | null = null): ChainLink => ({
  position,
  cuts,
  brandOverrides: [],
  from: day(from),
  until: until === null ? null : day(until),
});

describe('parseCuts', () => {
  it('makes shares canonical', () => {
    expect(parseCuts(all(cut(' 0.20 '))).cash.share).toBe('1/5');
    expect(parseCuts(all(cut('1.000'))).cash.share).toBe('1');
    expect(parseCuts(all(cut('0'))).cash.share).toBe('0');
  });

  it.each(['1.01', '-0.1', '101/100', '', 'a tenth', '1e-1', '0,1', 'NaN', '10 %', '1/1000000000000000001'])(
    'refuses %j',
    (share) => {
      expect(() => parseCuts(all(cut(share)))).toThrow(InvalidMandateCut);
    },
  );

  it('names the kind that is wrong', () => {
    const cuts = { ...all(cut('0.1')), livestream_commission: cut('2') };
    expect(() => parseCuts(cuts)).toThrow(
      expect.objectContaining({ details: expect.objectContaining({ kind: 'livestream_commission' }) }),
    );
  });
});

describe('assertWithinWhole', () => {
  it('lets one agency take everything', () => {
    expect(() => assertWithinWhole(link(1, all(cut('1'))), [])).not.toThrow();
  });

  it('lets two agencies take exactly everything, and not a millionth more', () => {
    const outer = link(1, all(cut('2/3')));
    expect(() => assertWithinWhole(link(2, all(cut('1/3'))), [outer])).not.toThrow();
    expect(() => assertWithinWhole(link(2, all(cut('0.333334'))), [outer])).toThrow(MandateCutsExceedWhole);
  });

  it('takes a share of the remainder from what is left', () => {
    const outer = link(1, all(cut('0.9')));
    expect(() => assertWithinWhole(link(2, all(cut('1', 'remainder'))), [outer])).not.toThrow();
    // The other way round nothing is left for the share of the gross.
    expect(() => assertWithinWhole(link(1, all(cut('1', 'remainder'))), [{ ...outer, position: 2 }])).toThrow(
      MandateCutsExceedWhole,
    );
  });

  it.each(COMPENSATION_KINDS)('looks at %s by itself', (kind) => {
    const outer = link(1, all(cut('0.5')));
    const added = link(2, { ...all(cut('0.5')), [kind]: cut('0.51') });
    expect(() => assertWithinWhole(added, [outer])).toThrow(expect.objectContaining({ details: { kind } }));
  });

  it('looks at mandates that begin later, and not at those that are over by then', () => {
    const later = link(1, all(cut('0.7')), 10);
    expect(() => assertWithinWhole(link(2, all(cut('0.4')), 1), [later])).toThrow(MandateCutsExceedWhole);
    expect(() => assertWithinWhole(link(2, all(cut('0.4')), 1, 10), [later])).not.toThrow();
    const earlier = link(1, all(cut('0.7')), 1, 10);
    expect(() => assertWithinWhole(link(2, all(cut('0.4')), 10), [earlier])).not.toThrow();
  });

  it('does not add up mandates that are never in force together', () => {
    const [first, second] = [link(1, all(cut('0.7')), 1, 10), link(1, all(cut('0.7')), 10)];
    expect(() => assertWithinWhole(link(2, all(cut('0.3'))), [first, second])).not.toThrow();
  });
});

describe('overlap', () => {
  it('is half-open: one period may begin at the instant at which another ends', () => {
    expect(overlap(link(1, all(cut('0')), 1, 5), link(1, all(cut('0')), 5))).toBe(false);
    expect(overlap(link(1, all(cut('0')), 1, 6), link(1, all(cut('0')), 5))).toBe(true);
  });
});

describe('other cuts for one brand', () => {
  const forBrand = (brandId: string, share: string): BrandOverride => ({ brandId, cuts: { cash: cut(share) } });
  const terms = (...brandOverrides: BrandOverride[]) => ({ cuts: all(cut('1/5')), brandOverrides });

  it('hold for the kinds they state and for that brand, and the general ones for all else', () => {
    const parsed = parseCutTerms(terms({ brandId: 'x', cuts: { livestream_commission: cut('0.10') } }));
    expect(cutsFor(parsed, 'x')).toEqual({ ...all(cut('1/5')), livestream_commission: cut('1/10') });
    expect(cutsFor(parsed, 'y')).toEqual(all(cut('1/5')));
    expect(cutsFor(parsed, null)).toEqual(all(cut('1/5')));
  });

  it('are refused where they name a brand twice, state nothing, are too many, or no share', () => {
    expect(() => parseCutTerms(terms(forBrand('x', '0.1'), forBrand('x', '0.2')))).toThrow(InvalidInput);
    expect(() => parseCutTerms(terms({ brandId: 'x', cuts: {} }))).toThrow(InvalidInput);
    const many = Array.from({ length: 51 }, (_, number) => forBrand(`brand ${number}`, '0.1'));
    expect(() => parseCutTerms(terms(...many))).toThrow(InvalidInput);
    expect(() => parseCutTerms(terms(forBrand('x', '0.1'), forBrand('y', '1.1')))).toThrow(
      expect.objectContaining({ details: { field: 'brandOverrides.1.cash', kind: 'cash' } }),
    );
  });

  it('never exceed the whole with what others take of that brand, nor of any other', () => {
    const outer = { ...link(1, all(cut('0.5'))), brandOverrides: [forBrand('x', '0.9')] };
    const added = (...brandOverrides: BrandOverride[]) => ({ ...link(2, all(cut('0.5'))), brandOverrides });
    expect(() => assertWithinWhole(added(forBrand('x', '0.1')), [outer])).not.toThrow();
    const ofX = { details: { kind: 'cash', brandId: 'x' } };
    expect(() => assertWithinWhole(added(), [outer])).toThrow(expect.objectContaining(ofX));
    expect(() => assertWithinWhole(added(forBrand('x', '0.11')), [outer])).toThrow(MandateCutsExceedWhole);
    const ofY = { details: { kind: 'cash', brandId: 'y' } };
    expect(() => assertWithinWhole(added(forBrand('x', '0.1'), forBrand('y', '0.6')), [outer])).toThrow(
      expect.objectContaining(ofY),
    );
  });
});
