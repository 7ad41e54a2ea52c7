/**
 * Numbers the distinct values of a batch in the order in which they are first named, from 1. Values are told apart among
 * those of their `group`, an id that most of them do not share: a key made for each would cost more than comparing does.
 */
export class Numbering<Value> {
  private readonly numbersOf = new Map<string, number[]>();
  readonly values: Value[] = [];

  numberOf(group: string, value: Value, isSame: (one: Value, other: Value) => boolean): number {
    const numbers = this.numbersOf.get(group) ?? [];
    for (const number of numbers) {
      const known = this.values[number - 1];
      if (known !== undefined && isSame(known, value)) return number;
    }
    const number = this.values.push(value);
    numbers.push(number);
    if (numbers.length === 1) this.numbersOf.set(group, numbers);
    return number;
  }
}
