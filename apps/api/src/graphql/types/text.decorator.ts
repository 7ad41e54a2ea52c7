import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsString, Length, NotContains } from 'class-validator';

/** Controls that reorder or hide text (bidi embeddings, overrides and isolates, zero-width space, byte-order mark). */
const DECEPTIVE = /[\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/gu;
const NUL = '\u0000';

export interface TextOptions {
  readonly min?: number;
  readonly max: number;
}

/** A text a person typed: trimmed, composed (NFC), without deceptive controls; refused where it holds U+0000. */
export function Text({ min = 1, max }: TextOptions): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) => cleanText(value)),
    IsString(),
    NotContains(NUL, { message: '$property must not hold U+0000' }),
    Length(min, max),
  );
}

/** The same for each text of a list. */
export function Texts({ min = 1, max }: TextOptions): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) => (Array.isArray(value) ? value.map(cleanText) : value)),
    IsString({ each: true }),
    NotContains(NUL, { each: true, message: '$property must not hold U+0000' }),
    Length(min, max, { each: true }),
  );
}

function cleanText(value: unknown): unknown {
  return typeof value === 'string' ? value.normalize('NFC').replace(DECEPTIVE, '').trim() : value;
}
