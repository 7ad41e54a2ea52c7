import { InvalidRational } from './errors';

const DECIMAL = /^(-?)(0|[1-9][0-9]*)(?:\.([0-9]+))?$/;
const FRACTION = /^(-?(?:0|[1-9][0-9]*))\/([1-9][0-9]*)$/;
const MAX_DECIMALS = 18;
const MAX_DIGITS = 400;
const MAX_STATED_DENOMINATOR = 10n ** BigInt(MAX_DECIMALS);
const BOUND = 10n ** BigInt(MAX_DIGITS);
const MAX_TEXT_LENGTH = 2 * MAX_DIGITS + 2;

/**
 * An exact rate or share in lowest terms with a positive denominator, so equal rationals have equal fields and texts.
 * Numerator and denominator stay below 10^400 in every result, or `InvalidRational` is thrown: room for a chain of
 * thirteen cuts or the sum of twenty-one rates as people may state them, times any amount; and whatever can be computed
 * can be stored and read back.
 */
export class Rational {
  static readonly ZERO = new Rational(0n, 1n);
  static readonly ONE = new Rational(1n, 1n);

  private constructor(
    readonly numerator: bigint,
    readonly denominator: bigint,
  ) {}

  /** numerator / denominator, reduced; throws `InvalidRational` for a denominator of zero or out of bounds. */
  static of(numerator: bigint, denominator: bigint): Rational {
    if (denominator === 0n) throw new InvalidRational('A fraction cannot have a denominator of zero.');
    const divisor = greatestCommonDivisor(absolute(numerator), absolute(denominator));
    const sign = denominator < 0n ? -1n : 1n;
    const top = (sign * numerator) / divisor;
    const bottom = (sign * denominator) / divisor;
    if (absolute(top) >= BOUND || bottom >= BOUND) {
      throw new InvalidRational(`A fraction may have at most ${MAX_DIGITS} digits above and below the line.`);
    }
    return new Rational(top, bottom);
  }

  /** Reads "0.375", "3/8" or "-1" exactly, with at most 18 decimals; throws `InvalidRational`. */
  static parse(text: string): Rational {
    if (typeof text !== 'string' || text.length > MAX_TEXT_LENGTH) throw malformed();
    const fraction = FRACTION.exec(text);
    if (fraction) return Rational.of(BigInt(fraction[1] ?? ''), BigInt(fraction[2] ?? ''));
    const decimal = DECIMAL.exec(text);
    if (!decimal) throw malformed();
    const [, sign = '', whole = '', decimals = ''] = decimal;
    if (decimals.length > MAX_DECIMALS) {
      throw new InvalidRational(`A decimal rate may have at most ${MAX_DECIMALS} decimals.`);
    }
    const magnitude = BigInt(whole + decimals);
    return Rational.of(sign ? -magnitude : magnitude, 10n ** BigInt(decimals.length));
  }

  /**
   * Reads a rate as people may state it: with at most 18 decimals, or as a fraction whose denominator is not above 10^18,
   * so that chains and sums of such rates are never too long. Throws `InvalidRational`.
   */
  static parseStated(text: string): Rational {
    const rate = Rational.parse(text);
    if (rate.denominator <= MAX_STATED_DENOMINATOR) return rate;
    throw new InvalidRational(`A fraction may have at most ${MAX_DECIMALS} digits below the line.`);
  }

  add(other: Rational): Rational {
    return Rational.of(
      this.numerator * other.denominator + other.numerator * this.denominator,
      this.denominator * other.denominator,
    );
  }

  subtract(other: Rational): Rational {
    return Rational.of(
      this.numerator * other.denominator - other.numerator * this.denominator,
      this.denominator * other.denominator,
    );
  }

  multiply(other: Rational): Rational {
    return Rational.of(this.numerator * other.numerator, this.denominator * other.denominator);
  }

  /** -1, 0 or 1 as this is less than, equal to or more than `other`. */
  compare(other: Rational): -1 | 0 | 1 {
    const left = this.numerator * other.denominator;
    const right = other.numerator * this.denominator;
    if (left === right) return 0;
    return left < right ? -1 : 1;
  }

  equals(other: Rational): boolean {
    return this.numerator === other.numerator && this.denominator === other.denominator;
  }

  /** Both ends included: a share of 0 and a share of 1 are legal. */
  isBetween0And1(): boolean {
    return this.numerator >= 0n && this.numerator <= this.denominator;
  }

  /** Canonical text: "3/8", and "2" where the denominator is 1. `Rational.parse` reads it back. */
  toString(): string {
    return this.denominator === 1n ? `${this.numerator}` : `${this.numerator}/${this.denominator}`;
  }

  toJSON(): string {
    return this.toString();
  }
}

/** Neither argument may be negative; of zero and n it is n. */
export function greatestCommonDivisor(left: bigint, right: bigint): bigint {
  let [divisor, rest] = [left, right];
  while (rest !== 0n) [divisor, rest] = [rest, divisor % rest];
  return divisor;
}

function absolute(value: bigint): bigint {
  return value < 0n ? -value : value;
}

function malformed(): InvalidRational {
  return new InvalidRational('Write a rate as a decimal such as 0.375 or as a fraction such as 3/8.');
}
